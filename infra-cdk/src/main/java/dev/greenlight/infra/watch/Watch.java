package dev.greenlight.infra.watch;

import dev.greenlight.infra.Names;
import dev.greenlight.infra.Sorted;
import dev.greenlight.infra.hook.HookName;
import dev.greenlight.infra.permit.Nag;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.cloudwatch.CfnAlarm;
import software.amazon.awscdk.services.sns.CfnSubscription;
import software.amazon.awscdk.services.sns.CfnTopic;
import software.amazon.awscdk.services.sns.CfnTopicPolicy;
import software.constructs.Construct;

/**
 * Tells people: a topic for decisions that matter, an alarm for each function that fails, one for jobs that were lost, and
 * one for a Sweep that no longer comes.
 */
public final class Watch extends Construct {

    private static final int FIVE_MINUTES = 300;

    private final Names names;
    private final CfnTopic topic;

    /**
     * @param hooks the functions that are watched
     * @param emails who is told; each must confirm once
     * @param starts whether the way back of a release starts something again, which may come to nothing
     */
    public Watch(Construct scope, String id, Names names, List<HookName> hooks, List<String> emails, boolean starts) {
        super(scope, id);
        this.names = names;
        this.topic = topic();
        for (int i = 0; i < emails.size(); i++) {
            CfnSubscription.Builder.create(this, "Email" + (i + 1))
                    .topicArn(topic.getRef())
                    .protocol("email")
                    .endpoint(emails.get(i))
                    .build();
        }
        for (HookName hook : hooks) {
            lambda(hook, hook.action() + "Fails", "Errors", "%s failed".formatted(hook.in(names)));
        }
        lambda(HookName.ANSWER_LOST_JOB, "JobWasLost", "Invocations", "a hook died on every try");
        sweepIsSilent();
        decision("RolledBack", "roll back");
        decision("Rejected", "reject");
        decision("Refused", "refuse");
        if (starts) {
            decision("NotRestored", "not restored");
        }
    }

    private CfnTopic topic() {
        CfnTopic made = CfnTopic.Builder.create(this, "Topic").build();
        Nag.accept(
                made, "AwsSolutions-SNS2", "alarms cannot publish through the key that AWS manages; no secret is told");
        Nag.accept(made, "AwsSolutions-SNS3", "the topic's policy demands it below");
        CfnTopicPolicy.Builder.create(this, "TopicPolicy")
                .topics(List.of(made.getRef()))
                .policyDocument(Sorted.map(Map.of(
                        "Version",
                        "2012-10-17",
                        "Statement",
                        List.of(
                                statement(
                                        "AlarmsOfThisAccount",
                                        "Allow",
                                        Map.of("Service", "cloudwatch.amazonaws.com"),
                                        made,
                                        Map.of("StringEquals", Map.of("aws:SourceAccount", names.account()))),
                                statement(
                                        "EncryptedConnectionsOnly",
                                        "Deny",
                                        "*",
                                        made,
                                        Map.of("Bool", Map.of("aws:SecureTransport", "false")))))))
                .build();
        return made;
    }

    private static Map<String, Object> statement(
            String id, String effect, Object principal, CfnTopic topic, Map<String, Object> condition) {
        return Sorted.map(Map.of(
                "Sid", id,
                "Effect", effect,
                "Principal", principal,
                "Action", "sns:Publish",
                "Resource", topic.getRef(),
                "Condition", condition));
    }

    private void lambda(HookName hook, String id, String metric, String meaning) {
        alarm(id, meaning, "AWS/Lambda", metric)
                .dimensions(List.of(dimension("FunctionName", hook.in(names))))
                .comparisonOperator("GreaterThanOrEqualToThreshold")
                .treatMissingData("notBreaching")
                .build();
    }

    private void sweepIsSilent() {
        alarm("SweepIsSilent", "nobody finishes what is orphaned", "AWS/Lambda", "Invocations")
                .dimensions(List.of(dimension("FunctionName", HookName.SWEEP.in(names))))
                .comparisonOperator("LessThanThreshold")
                .treatMissingData("breaching")
                .build();
    }

    private void decision(String id, String decision) {
        alarm(id, "a release of %s: %s".formatted(names.service(), decision), "Greenlight", "Decisions")
                .dimensions(List.of(dimension("service", names.service()), dimension("decision", decision)))
                .comparisonOperator("GreaterThanOrEqualToThreshold")
                .treatMissingData("notBreaching")
                .build();
    }

    private CfnAlarm.Builder alarm(String id, String meaning, String namespace, String metric) {
        return CfnAlarm.Builder.create(this, id)
                .alarmDescription(meaning)
                .namespace(namespace)
                .metricName(metric)
                .statistic("Sum")
                .period(FIVE_MINUTES)
                .evaluationPeriods(1)
                .threshold(1)
                .alarmActions(List.of(topic.getRef()));
    }

    private static CfnAlarm.DimensionProperty dimension(String name, String value) {
        return CfnAlarm.DimensionProperty.builder().name(name).value(value).build();
    }

    public String topicArn() {
        return topic.getRef();
    }
}
