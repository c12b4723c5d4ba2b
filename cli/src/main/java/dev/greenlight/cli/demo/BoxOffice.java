package dev.greenlight.cli.demo;

import dev.greenlight.cli.installed.Blueprint;
import dev.greenlight.cli.theatre.Theatre;
import dev.greenlight.sandbox.FleetPlan;
import dev.greenlight.sandbox.dynamodb.DynamoDb;
import dev.greenlight.sandbox.load.LoadPlan;
import dev.greenlight.sandbox.world.Capacity;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** What the demo plays: the festival's ticket shop on four instances, a hundred visitors a second, and a minute in each second. */
final class BoxOffice {

    static final String SERVICE = "festival";

    private static final String ALARM = "festival-orders-lost";

    private static final int INSTANCES = 4;
    /** As many as it began with, and as many more as the template lets it have. */
    private static final FleetPlan SERVING = new FleetPlan(new Capacity(2, INSTANCES, 24), Optional.of(Theatre.FIRST));

    private static final int VISITORS_PER_SECOND = 100;

    /** A minute passes in a second: a release takes a quarter of an hour, and people have seconds. */
    private static final double MINUTE_PER_SECOND = 60;

    private static final long SEED = 1;

    private BoxOffice() {}

    static Theatre open(DynamoDb dynamoDb) throws IOException {
        Theatre theatre = Theatre.open(new Theatre.Props(
                "demo",
                Blueprint.festival(),
                SERVING,
                port -> List.of(LoadPlan.steady(port, VISITORS_PER_SECOND)),
                MINUTE_PER_SECOND,
                dynamoDb,
                SEED));
        watchOrders(theatre);
        return theatre;
    }

    /** The shop's own alarm, which its greenlight.yaml names: no orders were lost so far. */
    private static void watchOrders(Theatre theatre) {
        theatre.sandbox()
                .cloudWatch()
                .putMetricAlarm(alarm -> alarm.alarmName(ALARM)
                        .namespace("Festival")
                        .metricName("OrdersLost")
                        .statistic(Statistic.SUM)
                        .period(60)
                        .evaluationPeriods(1)
                        .threshold(1.0)
                        .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                        .treatMissingData("ignore"));
        theatre.sandbox()
                .cloudWatch()
                .setAlarmState(alarm ->
                        alarm.alarmName(ALARM).stateValue(StateValue.OK).stateReason("the box office has just opened"));
    }
}
