package dev.greenlight.infra.hook;

import dev.greenlight.infra.Names;
import dev.greenlight.infra.fleet.Fleet;
import dev.greenlight.infra.permit.Permit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What each function may do: the calls that its use case makes, and no more. Resource types follow the Service Authorization
 * Reference of each service.
 */
final class HookPermits {

    private final Surroundings around;
    private final Names names;
    private final InstallPermits installs;

    HookPermits(Surroundings around) {
        this.around = around;
        this.names = around.names();
        this.installs = new InstallPermits(around);
    }

    List<Permit> of(HookName hook) {
        List<Permit> permits = new ArrayList<>(work(hook));
        permits.addAll(installs.ofTheWayBack(hook));
        if (hook.takesJobs()) {
            permits.add(answerJobs());
            permits.add(Permit.on(
                    HookName.ANSWER_LOST_JOB.arn(names),
                    "HandOverLostJobs",
                    "Lambda sends what died on every try to the failure destination in the function's own name",
                    "lambda:InvokeFunction"));
        }
        if (isInVpc(hook)) {
            permits.add(joinVpc());
        }
        return List.copyOf(permits);
    }

    /** Smoke tests before traffic are the only requests that a function sends to the load balancer. */
    boolean isInVpc(HookName hook) {
        boolean probes = hook == HookName.BEFORE_ALLOW_TRAFFIC || hook == HookName.VALIDATE_INSTANCE;
        return probes && around.config().network().internal();
    }

    private List<Permit> work(HookName hook) {
        return switch (hook) {
            case PREPARE_GREEN ->
                joined(List.of(
                        drive(),
                        List.of(seeLaunches(), seeMetrics()),
                        around.fleets().launchPermits()));
            case INSTALL_REVISION ->
                joined(List.of(
                        drive(),
                        List.of(seeLaunches(), InstallPermits.stop()),
                        installs.forward(),
                        // Users are on each zone that is done.
                        installs.goByZone() ? measure() : List.of()));
            case BEFORE_ALLOW_TRAFFIC ->
                joined(List.of(
                        drive(),
                        List.of(seeInstanceStatus(), answerLifecycleHooks()),
                        bookAppointments(),
                        // GREENLIGHT_CHECKS_BEFORE may ask for them.
                        seeAlarms(),
                        writeShadow(),
                        // What green makes of copies is counted like what it makes of requests.
                        around.shadowRule().isPresent() ? List.of(seeMetrics()) : List.of()));
            case VALIDATE_INSTANCE ->
                List.of(
                        store("ReadRollouts", "which rollout installs, and on which fleet", "GetItem"),
                        seeFleets(),
                        seeTraffic("elasticloadbalancing:DescribeTargetHealth"));
            case ALLOW_TRAFFIC -> joined(List.of(drive(), bookAppointments(), measure()));
            case AFTER_ALLOW_TRAFFIC ->
                joined(List.of(drive(), bookAppointments(), measure(), List.of(answerLifecycleHooks())));
            case PROMOTE -> joined(List.of(drive(), bookAppointments(), measure()));
            case SWEEP ->
                joined(List.of(
                        drive(),
                        bookAppointments(),
                        measure(),
                        List.of(InstallPermits.stop()),
                        writeShadow(),
                        // It puts a version back that anything but a rollout gave.
                        around.fleets().launchPermits()));
            case ROLL_BACK ->
                joined(List.of(
                        installs.areInTurn() ? drive() : drive("autoscaling:UpdateAutoScalingGroup"),
                        List.of(InstallPermits.stop()),
                        writeShadow()));
            case RETIRE_BLUE -> joined(List.of(drive(), List.of(seeMetrics())));
            case RELEASE_QUARANTINE ->
                List.of(
                        store("ForgetQuarantine", "a person releases a revision", "DeleteItem"),
                        store(
                                "EndCooldown",
                                "a person lets the next rollout begin: the last one's record says so",
                                "ConditionCheckItem",
                                "GetItem",
                                "PutItem"));
            case ANSWER_LOST_JOB ->
                List.of(store("ReadRollouts", "the store knows what became of the rollout", "GetItem"), answerJobs());
            case TRAFFIC_RULE, LAUNCH_VERSION ->
                throw new IllegalArgumentException(hook + " is CloudFormation's: StackFunction says what it may do");
        };
    }

    /** Whoever opens the shadow, or takes back a rollout that may have. */
    private List<Permit> writeShadow() {
        return around.shadowRule().stream()
                .map(rule -> Permit.on(
                        rule,
                        "WriteShadowRule",
                        "copies of requests go to green, or to nobody",
                        "elasticloadbalancing:ModifyRule"))
                .toList();
    }

    private static List<Permit> joined(List<List<Permit>> parts) {
        return parts.stream().flatMap(List::stream).toList();
    }

    /** What every call that moves a rollout on may have to do: each of them may also have to take it back. */
    private List<Permit> drive() {
        return drive(
                "autoscaling:ResumeProcesses", "autoscaling:SuspendProcesses", "autoscaling:UpdateAutoScalingGroup");
    }

    private List<Permit> drive(String... sizing) {
        List<Permit> permits = new ArrayList<>(writeAudience());
        permits.addAll(List.of(
                seeTraffic(
                        "elasticloadbalancing:DescribeRules",
                        "elasticloadbalancing:DescribeTags",
                        "elasticloadbalancing:DescribeTargetHealth"),
                Permit.on(
                        around.productionRule(),
                        "WriteRule",
                        "weights, and the tags that remember blue",
                        "elasticloadbalancing:AddTags",
                        "elasticloadbalancing:ModifyRule"),
                seeFleets(),
                Permit.on(
                        fleets().stream()
                                .map(f ->
                                        names.arn("autoscaling", "autoScalingGroup:*:autoScalingGroupName/" + f.name()))
                                .toList(),
                        "SizeFleets",
                        "pins and sizes; a group's ARN holds an id of its own before the name",
                        sizing),
                store("KeepRollouts", "record, lock and quarantine", "ConditionCheckItem", "GetItem", "PutItem"),
                Permit.on(
                        schedules(),
                        "CancelAppointments",
                        "blue's time, whose name is the rollout's",
                        "scheduler:DeleteSchedule")));
        return permits;
    }

    /** Whoever moves production's weights moves the audience's, on the way back as well. */
    private List<Permit> writeAudience() {
        return around.audienceRule().stream()
                .map(rule -> Permit.on(
                        rule,
                        "WriteAudienceRule",
                        "the audience's requests follow production's, or try green",
                        "elasticloadbalancing:ModifyRule"))
                .toList();
    }

    private static Permit seeTraffic(String... reads) {
        return Permit.everywhere("SeeTraffic", "reads of Elastic Load Balancing have no resource type", reads);
    }

    private static Permit seeFleets() {
        return Permit.everywhere(
                "SeeFleets", "reads of Auto Scaling have no resource type", "autoscaling:DescribeAutoScalingGroups");
    }

    private List<Fleet> fleets() {
        return List.of(around.fleets().a(), around.fleets().b());
    }

    private Permit store(String id, String reason, String... operations) {
        String[] actions = Stream.of(operations).map(o -> "dynamodb:" + o).toArray(String[]::new);
        return Permit.on(around.store().arn(), id, reason, actions)
                .when("ForAllValues:StringEquals", "dynamodb:LeadingKeys", List.of("service#" + names.service()));
    }

    private String schedules() {
        return names.arn("scheduler", "schedule/" + names.root() + "/*");
    }

    private static Permit seeLaunches() {
        return Permit.everywhere(
                "SeeLaunches",
                "why launches fail; reads of Auto Scaling have no resource type",
                "autoscaling:DescribeScalingActivities");
    }

    private static Permit seeInstanceStatus() {
        return Permit.everywhere(
                "SeeInstanceStatus", "reads of EC2 have no resource type", "ec2:DescribeInstanceStatus");
    }

    private static Permit seeMetrics() {
        return Permit.everywhere("SeeMetrics", "metrics have no resource type", "cloudwatch:GetMetricData");
    }

    private List<Permit> measure() {
        return joined(List.of(List.of(seeMetrics()), seeAlarms()));
    }

    private List<Permit> seeAlarms() {
        return around.config().checks().alarms().isEmpty()
                ? List.of()
                : List.of(Permit.everywhere(
                        "SeeAlarms",
                        "composite alarms are answered only where all may be read (DescribeAlarms)",
                        "cloudwatch:DescribeAlarms"));
    }

    private List<Permit> bookAppointments() {
        return List.of(
                Permit.on(
                        schedules(),
                        "BookAppointments",
                        "blue's time and a hook's next look, whose names are made when they are booked",
                        "scheduler:CreateSchedule",
                        "scheduler:UpdateSchedule"),
                Permit.on(
                                around.appointments().roleArn(),
                                "PassSchedulerRole",
                                "a schedule names the role with which the Scheduler calls",
                                "iam:PassRole")
                        .when("StringEquals", "iam:PassedToService", "scheduler.amazonaws.com"));
    }

    private static Permit answerJobs() {
        return Permit.everywhere(
                "AnswerJobs",
                "a job's answer has no resource type, its id is the secret",
                "codepipeline:PutJobFailureResult",
                "codepipeline:PutJobSuccessResult");
    }

    private static Permit answerLifecycleHooks() {
        return Permit.everywhere(
                "AnswerLifecycleHooks",
                "CodeDeploy's own hooks may call it; the action has no resource type",
                "codedeploy:PutLifecycleEventHookExecutionStatus");
    }

    private static Permit joinVpc() {
        return Permit.everywhere(
                "JoinVpc",
                "Lambda makes the function's network interfaces in its name, before they have ids",
                "ec2:AssignPrivateIpAddresses",
                "ec2:CreateNetworkInterface",
                "ec2:DeleteNetworkInterface",
                "ec2:DescribeNetworkInterfaces",
                "ec2:DescribeSubnets",
                "ec2:UnassignPrivateIpAddresses");
    }
}
