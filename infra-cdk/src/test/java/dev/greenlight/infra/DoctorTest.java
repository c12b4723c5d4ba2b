package dev.greenlight.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenlight.cli.doctor.AccountClients;
import dev.greenlight.cli.doctor.Diagnosis;
import dev.greenlight.cli.doctor.Doctor;
import dev.greenlight.cli.doctor.Finding;
import dev.greenlight.sandbox.paper.PaperAccount;
import dev.greenlight.sandbox.paper.PaperAlarms;
import dev.greenlight.sandbox.paper.PaperBalancing;
import dev.greenlight.sandbox.paper.PaperCloudFormation;
import dev.greenlight.sandbox.paper.PaperConnections;
import dev.greenlight.sandbox.paper.PaperDeploy;
import dev.greenlight.sandbox.paper.PaperEvents;
import dev.greenlight.sandbox.paper.PaperIam;
import dev.greenlight.sandbox.paper.PaperLambda;
import dev.greenlight.sandbox.paper.PaperLogs;
import dev.greenlight.sandbox.paper.PaperPipelines;
import dev.greenlight.sandbox.paper.PaperScaling;
import dev.greenlight.sandbox.paper.PaperSchedules;
import dev.greenlight.sandbox.paper.PaperSecrets;
import dev.greenlight.sandbox.paper.PaperSts;
import dev.greenlight.sandbox.paper.PaperTables;
import dev.greenlight.sandbox.paper.PaperTopics;
import dev.greenlight.sandbox.world.Account;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What infra-cdk deploys is well in the doctor's eyes, whatever of it was asked for. */
class DoctorTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "smallest",
                "festival",
                "everything",
                "canary",
                "linear",
                "a-b-share",
                "a-b",
                "in-place",
                "recreate",
                "rolling",
                "shadow"
            })
    void a_fresh_installation_of_every_example_lacks_nothing(String example) {
        well(Synthesized.example(example).template());
    }

    @Test
    void a_fresh_installation_that_is_released_from_a_bucket_lacks_nothing() throws IOException {
        well(Synthesized.text("from-a-bucket", """
                service: hello
                region: ap-northeast-2
                network:
                  hosts: [hello.example.com]
                source:
                  s3: {bucket: builds, key: hello/app.zip}
                """).template());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/DeploymentStyle | DeploymentOption | WITHOUT_TRAFFIC_CONTROL | it does not control traffic",
                "/LoadBalancerInfo/TargetGroupInfoList/0 | Name | others | it drains the target groups [others]",
            })
    void a_rolling_release_whose_group_does_not_drain_its_fleet_is_told(
            String at, String key, String value, String told) {
        PaperAccount paper = paper(Synthesized.example("rolling").template());
        String group = paper.logicalId("AWS::CodeDeploy::DeploymentGroup", "FleetsDeploymentsA");
        ((ObjectNode) paper.change(group).at(at)).put(key, value);

        assertThat(examined(paper).findings())
                .filteredOn(finding -> !(finding instanceof Finding.Well))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.toString()).contains(told, "targetGroupInfoList=[{name=gl-tickets-a}]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/ZonalConfig | MonitorDurationInSeconds | 60 | it waits 60 s after each other zone, deployed with 540 s",
                "/ZonalConfig | FirstZoneMonitorDurationInSeconds | 0 | it waits 0 s after the first zone, deployed with 540 s",
                "/MinimumHealthyHosts | Value | 0 | it keeps 0% of the fleet in service, deployed with 50%",
                "/ZonalConfig/MinimumHealthyHostsPerZone | Value | 20 | it keeps 20% of a zone in service, deployed with 0%",
            })
    void a_configuration_that_is_another_one_of_the_same_name_is_told(String at, String key, int value, String told) {
        PaperAccount paper = paper(Synthesized.example("rolling").template());
        String forward = paper.logicalId("AWS::CodeDeploy::DeploymentConfig", "FleetsDeploymentsForward");
        ((ObjectNode) paper.change(forward).at(at)).put(key, value);
        toldAlone(paper, told);
    }

    @Test
    void so_is_one_that_is_gone() {
        PaperAccount paper = paper(Synthesized.example("rolling").template());
        paper.remove(paper.logicalId("AWS::CodeDeploy::DeploymentConfig", "FleetsDeploymentsBack"));
        toldAlone(paper, "it is gone");
    }

    @Test
    void so_is_a_rolling_fleet_that_has_come_to_be_in_one_zone() {
        PaperAccount paper = paper(Synthesized.example("rolling").template());
        ObjectNode fleet = paper.change(paper.logicalId("AWS::AutoScaling::AutoScalingGroup", "FleetsA"));
        fleet.putArray("InstanceZones").add("eu-west-1a").add("eu-west-1a");
        toldAlone(paper, "its 2 instances are all in eu-west-1a");
        fleet.putArray("InstanceZones").add("eu-west-1a").add("eu-west-1b");
        assertThat(examined(paper).findings()).allMatch(Finding.Well.class::isInstance);
    }

    private static void toldAlone(PaperAccount paper, String told) {
        assertThat(examined(paper).findings())
                .filteredOn(finding -> !(finding instanceof Finding.Well))
                .singleElement()
                .satisfies(finding -> assertThat(finding.toString()).contains(told));
    }

    private static PaperAccount paper(JsonNode template) {
        Account account = new Account(region(template), Account.example().id());
        PaperAccount paper = new PaperAccount(account, "greenlight-example", template.toString());
        foreign(template, paper);
        return paper;
    }

    private static Diagnosis examined(PaperAccount paper) {
        return new Doctor(clients(paper), paper.account().region()).examine("greenlight-example", what -> {});
    }

    private static void well(JsonNode template) {
        assertThat(examined(paper(template)).findings())
                .allMatch(Finding.Well.class::isInstance)
                .hasSizeGreaterThan(20);
    }

    /** Alarms and a connection that the template names and does not make. */
    private static void foreign(JsonNode template, PaperAccount paper) {
        template.findValues("GREENLIGHT_ALARMS").stream()
                .map(JsonNode::asText)
                .distinct()
                .forEach(names -> {
                    for (String name : names.split(",")) {
                        paper.foreignAlarm(name);
                    }
                });
        template.findValues("ConnectionArn").stream()
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .forEach(paper::foreignConnection);
    }

    /** A template knows its region where it writes ARNs. */
    private static String region(JsonNode template) {
        String text = template.toString();
        int at = text.indexOf(":lambda:") + ":lambda:".length();
        return text.substring(at, text.indexOf(':', at));
    }

    private static AccountClients clients(PaperAccount paper) {
        return new AccountClients(
                new PaperSts(paper),
                new PaperCloudFormation(paper),
                new PaperIam(paper),
                new PaperLambda(paper),
                new PaperLogs(paper),
                new PaperBalancing(paper),
                new PaperScaling(paper),
                new PaperDeploy(paper),
                new PaperPipelines(paper),
                new PaperConnections(paper),
                new PaperTables(paper),
                new PaperSchedules(paper),
                new PaperEvents(paper),
                new PaperTopics(paper),
                new PaperAlarms(paper),
                new PaperSecrets(paper));
    }
}
