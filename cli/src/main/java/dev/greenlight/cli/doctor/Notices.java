package dev.greenlight.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.Subscription;

/** Who hears of it: the alarms are there, those that a check asks for as well, and mails go to people who confirmed. */
final class Notices implements Subject {

    /** DescribeAlarms takes a hundred names ("DescribeAlarms", API reference). */
    private static final int MOST_NAMES = 100;

    private final CloudWatchClient cloudWatch;
    private final SnsClient sns;

    Notices(AccountClients clients) {
        this.cloudWatch = clients.cloudWatch();
        this.sns = clients.sns();
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
        alarms(
                new Place("alarms", "of the installation", stack.name()),
                own,
                "nobody is told when a function fails",
                notebook);
        List<String> asked = List.of(
                        stack.settings().getOrDefault("GREENLIGHT_ALARMS", "").split(","))
                .stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        alarms(
                new Place("alarms", "that releases are checked by", String.join(", ", asked)),
                asked,
                "the check of alarms gives no verdict: every release is taken back when its time is up",
                notebook);
        stack.parts("AWS::SNS::Topic").forEach(topic -> subscriptions(topic, stack, notebook));
    }

    private void alarms(Place place, List<String> names, String breaks, Notebook notebook) {
        int before = notebook.size();
        for (int i = 0; i < names.size(); i += MOST_NAMES) {
            List<String> some = names.subList(i, Math.min(names.size(), i + MOST_NAMES));
            notebook.ask(
                            place,
                            "cloudwatch:DescribeAlarms",
                            () -> cloudWatch.describeAlarms(
                                    request -> request.alarmNames(some).maxRecords(MOST_NAMES)),
                            () -> {})
                    .ifPresent(answer -> {
                        Map<String, Boolean> on = new TreeMap<>();
                        answer.metricAlarms()
                                .forEach((MetricAlarm alarm) -> on.put(alarm.alarmName(), alarm.actionsEnabled()));
                        answer.compositeAlarms()
                                .forEach((CompositeAlarm alarm) -> on.put(alarm.alarmName(), alarm.actionsEnabled()));
                        some.forEach(name -> alarm(place, name, on, breaks, notebook));
                    });
        }
        if (!names.isEmpty() && notebook.size() == before) {
            notebook.well(place, names.size() == 1 ? "1 alarm is there" : "all %d are there".formatted(names.size()));
        }
    }

    private static void alarm(Place place, String name, Map<String, Boolean> on, String breaks, Notebook notebook) {
        if (!on.containsKey(name)) {
            notebook.missing(
                    place,
                    "there is no alarm " + name,
                    breaks,
                    Remedy.of("make it, or take it out of the template and out of greenlight.yaml"));
        } else if (Boolean.FALSE.equals(on.get(name))) {
            notebook.odd(
                    place,
                    "the alarm %s tells nobody: its actions are off".formatted(name),
                    Remedy.of("aws cloudwatch enable-alarm-actions --alarm-names " + name));
        }
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
                        () -> notebook.missing(
                                place,
                                "the topic is gone",
                                "nobody hears of a release or of a function that fails",
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
                    .filter(other -> endpoint.equals(other.endpoint()))
                    .map(other -> String.valueOf(other.subscriptionArn()))
                    .findFirst()
                    .orElse("");
            if (arn.startsWith("arn:")) {
                heard.add(endpoint);
            } else {
                notebook.missing(
                        place,
                        arn.equals("PendingConfirmation")
                                ? endpoint + " has not confirmed the subscription"
                                : endpoint + " is no longer subscribed",
                        "nobody reads there what is told",
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
