package dev.greenlight.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.Subscription;

/** Who hears of it: the alarms are there, those that a check asks for as well, and mails go to people who confirmed. */
final class Notices implements Subject {

    /** DescribeAlarms takes a hundred names ("DescribeAlarms", API reference). */
    private static final int MOST_NAMES = 100;

    private static final String SETTING = "GREENLIGHT_ALARMS";

    private final CloudWatchClient cloudWatch;
    private final SnsClient sns;
    private final LambdaClient lambda;

    Notices(AccountClients clients) {
        this.cloudWatch = clients.cloudWatch();
        this.sns = clients.sns();
        this.lambda = clients.lambda();
    }

    @Override
    public String name() {
        return "alarms and subscriptions";
    }

    @Override
    public void look(DeployedStack stack, Notebook notebook) {
        List<String> own = stack.parts("AWS::CloudWatch::Alarm").stream()
                .map(Part::physicalId)
                .toList();
        Place installation = new Place("alarms", "of the installation", stack.name());
        alarms(
                installation,
                own,
                name -> notebook.odd(
                        installation,
                        "there is no alarm %s: nobody is told what it would tell".formatted(name),
                        Remedy.of(
                                "change it in the template, its description say, and deploy: CloudFormation makes it anew"
                                        + " only if the template changes")),
                name -> muted(installation, name, notebook),
                notebook);
        List<String> asked = asked(stack, notebook);
        Place checks = new Place("alarms", "that releases are checked by", String.join(", ", asked));
        alarms(
                checks,
                asked,
                name -> notebook.missing(
                        checks,
                        "there is no alarm " + name,
                        "the check of alarms gives no verdict: every release is taken back when its time is up",
                        Remedy.of("make it, or take it out of greenlight.yaml and deploy")),
                name -> {},
                notebook);
        stack.parts("AWS::SNS::Topic").forEach(topic -> subscriptions(topic, stack, notebook));
    }

    /** As the functions are told them now: a deployed template's names may not be read back as they were written. */
    private List<String> asked(DeployedStack stack, Notebook notebook) {
        return stack.parts("AWS::Lambda::Function").stream()
                .filter(function -> DeployedStack.variables(function).containsKey(SETTING))
                .findFirst()
                .map(function -> notebook.ask(
                                new Place("function", Hook.of(function).action(), function.physicalId()),
                                "lambda:GetFunctionConfiguration",
                                () -> lambda.getFunctionConfiguration(
                                        request -> request.functionName(function.physicalId())),
                                () -> {})
                        .filter(live -> live.environment() != null)
                        .map(live -> live.environment().variables().getOrDefault(SETTING, ""))
                        .orElse(""))
                .map(names -> Stream.of(names.split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList())
                .orElse(List.of());
    }

    /** @param off takes what tells nobody: a check reads an alarm's state all the same */
    private void alarms(
            Place place, List<String> names, Consumer<String> gone, Consumer<String> off, Notebook notebook) {
        int before = notebook.size();
        for (int i = 0; i < names.size(); i += MOST_NAMES) {
            List<String> some = names.subList(i, Math.min(names.size(), i + MOST_NAMES));
            notebook.ask(
                            place,
                            "cloudwatch:DescribeAlarms",
                            // Without types it tells of metric alarms only.
                            () -> cloudWatch.describeAlarms(request -> request.alarmNames(some)
                                    .alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM)
                                    .maxRecords(MOST_NAMES)),
                            () -> {})
                    .ifPresent(answer -> {
                        Map<String, Boolean> on = new TreeMap<>();
                        answer.metricAlarms()
                                .forEach((MetricAlarm alarm) -> on.put(alarm.alarmName(), alarm.actionsEnabled()));
                        answer.compositeAlarms()
                                .forEach((CompositeAlarm alarm) -> on.put(alarm.alarmName(), alarm.actionsEnabled()));
                        some.stream().filter(name -> !on.containsKey(name)).forEach(gone);
                        some.stream()
                                .filter(name -> Boolean.FALSE.equals(on.get(name)))
                                .forEach(off);
                    });
        }
        if (!names.isEmpty() && notebook.size() == before) {
            notebook.well(place, names.size() == 1 ? "1 alarm is there" : "all %d are there".formatted(names.size()));
        }
    }

    private static void muted(Place place, String name, Notebook notebook) {
        notebook.odd(
                place,
                "the alarm %s tells nobody: its actions are off".formatted(name),
                Remedy.of("aws cloudwatch enable-alarm-actions --alarm-names " + name));
    }

    private void subscriptions(Part topic, DeployedStack stack, Notebook notebook) {
        Place place = new Place("topic", "", topic.physicalId());
        notebook.ask(
                        place,
                        "sns:ListSubscriptionsByTopic",
                        () -> sns
                                .listSubscriptionsByTopicPaginator(request -> request.topicArn(topic.physicalId()))
                                .subscriptions()
                                .stream()
                                .toList(),
                        () -> notebook.odd(
                                place,
                                "the topic is gone: nobody hears of a release or of a function that fails",
                                Remedy.of(
                                        "change it in the template and deploy: CloudFormation makes it anew only if the template"
                                                + " changes")))
                .ifPresent(live -> confirmed(place, wanted(topic, stack), live, notebook));
    }

    private static List<Part> wanted(Part topic, DeployedStack stack) {
        return stack.parts("AWS::SNS::Subscription").stream()
                .filter(subscription -> subscription.text("TopicArn").equals(topic.physicalId()))
                .toList();
    }

    private static void confirmed(Place place, List<Part> wanted, List<Subscription> live, Notebook notebook) {
        List<String> heard = new ArrayList<>();
        for (Part subscription : wanted) {
            String endpoint = subscription.text("Endpoint");
            String arn = live.stream()
                    .filter(other -> Mangled.same(endpoint, other.endpoint()))
                    .map(other -> String.valueOf(other.subscriptionArn()))
                    .findFirst()
                    .orElse("");
            if (arn.startsWith("arn:")) {
                heard.add(endpoint);
            } else {
                notebook.odd(
                        place,
                        arn.equals("PendingConfirmation")
                                ? endpoint + " has not confirmed the subscription, and hears of nothing"
                                : endpoint + " is no longer subscribed, and hears of nothing",
                        Remedy.of(
                                arn.equals("PendingConfirmation")
                                        ? "follow the link in the mail from AWS Notifications; if it is lost or three days old, subscribe again"
                                        : "aws sns subscribe --topic-arn %s --protocol %s --notification-endpoint %s"
                                                .formatted(place.id(), subscription.text("Protocol"), endpoint)));
            }
        }
        if (heard.size() == wanted.size()) {
            notebook.well(
                    place,
                    heard.isEmpty() ? "nobody is subscribed by this stack" : "told to " + String.join(", ", heard));
        }
    }
}
