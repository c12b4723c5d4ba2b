package dev.greenlight.cli.doctor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** The two fleets: Auto Scaling groups that may grow to a release's size, each with its target group. */
final class Fleets implements Subject {

    private static final String DELAY = "deregistration_delay.timeout_seconds";

    /** No rollout suspends these: without them green cannot come up, or is never asked anything. */
    private static final Set<String> NEEDED = Set.of("Launch", "Terminate", "AddToLoadBalancer");

    private final AutoScalingClient autoScaling;
    private final ElasticLoadBalancingV2Client loadBalancing;

    Fleets(AccountClients clients) {
        this.autoScaling = clients.autoScaling();
        this.loadBalancing = clients.loadBalancing();
    }

    @Override
    public String name() {
        return "the fleets";
    }

    @Override
    public void look(DeployedStack stack, Notebook notebook) {
        Map<String, String> settings = stack.settings();
        for (Part group : stack.parts("AWS::AutoScaling::AutoScalingGroup")) {
            String letter = letter(settings, "_ASG", group.physicalId());
            Place place = new Place("fleet", letter, group.physicalId());
            int before = notebook.size();
            Optional<AutoScalingGroup> live = group(place, notebook);
            live.ifPresent(g -> group(place, group, g, settings, notebook));
            live.filter(g -> goesByZone(stack)).ifPresent(g -> zones(place, g, notebook));
            List<String> targets = Policies.texts(group.wanted().path("TargetGroupARNs"));
            targets.forEach(target -> targets(place, target, stack, notebook));
            if (notebook.size() == before) {
                live.ifPresent(g -> notebook.well(
                        place,
                        "%d instances now, up to %d; its target group drains for %s s"
                                .formatted(g.instances().size(), g.maxSize(), delay(stack, targets))));
            }
        }
    }

    private static boolean goesByZone(DeployedStack stack) {
        return !stack.parts("AWS::CodeDeploy::DeploymentConfig").isEmpty();
    }

    private static void zones(Place place, AutoScalingGroup live, Notebook notebook) {
        List<String> zones = live.instances().stream()
                .map(Instance::availabilityZone)
                .distinct()
                .toList();
        if (zones.size() == 1) {
            notebook.missing(
                    place,
                    "its %d instances are all in %s".formatted(live.instances().size(), zones.getFirst()),
                    "a release that goes from zone to zone is refused",
                    Remedy.of("let the fleet have two instances or more, and Auto Scaling launch in two zones"));
        }
    }

    private static String letter(Map<String, String> settings, String what, String name) {
        return List.of("A", "B").stream()
                .filter(letter -> name.equals(settings.get("GREENLIGHT_" + letter + what)))
                .findFirst()
                .orElse("");
    }

    private Optional<AutoScalingGroup> group(Place place, Notebook notebook) {
        Runnable gone = () -> notebook.missing(
                place,
                "its Auto Scaling group is gone",
                "there is one fleet left: no release can begin",
                Remedy.of(
                        "change the group in the template and deploy: CloudFormation makes it anew only if the template"
                                + " changes"));
        return notebook.ask(
                        place,
                        "autoscaling:DescribeAutoScalingGroups",
                        () -> autoScaling.describeAutoScalingGroups(
                                request -> request.autoScalingGroupNames(place.id())),
                        gone)
                .flatMap(answer -> {
                    // Names that do not exist are left out without an error.
                    if (answer.autoScalingGroups().isEmpty()) {
                        gone.run();
                    }
                    return answer.autoScalingGroups().stream().findFirst();
                });
    }

    private static void group(
            Place place, Part wanted, AutoScalingGroup live, Map<String, String> settings, Notebook notebook) {
        if (live.status() != null) {
            notebook.missing(
                    place,
                    "its Auto Scaling group is being deleted: " + live.status(),
                    "there is one fleet left: no release can begin",
                    Remedy.of("find out who deletes it"));
        }
        if (!wanted.text("HealthCheckType").equals(live.healthCheckType())) {
            notebook.missing(
                    place,
                    "its health checks are %s, deployed as %s"
                            .formatted(live.healthCheckType(), wanted.text("HealthCheckType")),
                    "Auto Scaling ends green's instances while they are being installed",
                    Remedy.of(
                            "aws autoscaling update-auto-scaling-group --auto-scaling-group-name %s --health-check-type %s"
                                    .formatted(place.id(), wanted.text("HealthCheckType"))));
        }
        launches(place, wanted, live, notebook);
        sizes(place, wanted, live, settings, notebook);
        for (String target : Policies.texts(wanted.wanted().path("TargetGroupARNs"))) {
            if (!live.targetGroupARNs().contains(target)) {
                notebook.missing(
                        place,
                        "its target group was taken off it",
                        "its instances get no requests and no health checks: no release of it gets to users",
                        Remedy.of(("aws autoscaling attach-load-balancer-target-groups --auto-scaling-group-name %s"
                                        + " --target-group-arns %s")
                                .formatted(place.id(), target)));
            }
        }
        String suspended = live.suspendedProcesses().stream()
                .map(SuspendedProcess::processName)
                .filter(NEEDED::contains)
                .sorted()
                .collect(Collectors.joining(" "));
        if (!suspended.isEmpty()) {
            notebook.missing(
                    place,
                    "processes are suspended that no rollout suspends: " + suspended,
                    "its instances do not come and go as a release wants them to",
                    Remedy.of("aws autoscaling resume-processes --auto-scaling-group-name %s --scaling-processes %s"
                            .formatted(place.id(), suspended)));
        }
    }

    private static void launches(Place place, Part wanted, AutoScalingGroup live, Notebook notebook) {
        String own =
                wanted.wanted().path("LaunchTemplate").path("LaunchTemplateId").asText("");
        String there = live.launchTemplate() == null
                ? "something else than a launch template"
                : live.launchTemplate().launchTemplateId();
        if (!own.isEmpty() && !own.equals(there)) {
            notebook.odd(
                    place,
                    "it launches from %s, deployed with %s".formatted(there, own),
                    Remedy.of(
                            "give it its own launch template again: what a stack update changes of that does not reach it"));
        } else if (live.launchTemplate() != null
                && String.valueOf(live.launchTemplate().version()).startsWith("$")) {
            notebook.odd(
                    place,
                    "it launches version %s of its launch template: whatever is deployed there reaches what serves, without a release"
                            .formatted(live.launchTemplate().version()),
                    Remedy.of(
                            ("aws autoscaling update-auto-scaling-group --auto-scaling-group-name %s --launch-template"
                                            + " LaunchTemplateId=%s,Version=…, the number that its instances have")
                                    .formatted(place.id(), own)));
        }
    }

    private static void sizes(
            Place place, Part wanted, AutoScalingGroup live, Map<String, String> settings, Notebook notebook) {
        String first = settings.getOrDefault("GREENLIGHT_FIRST_SIZE", "");
        if (first.matches("[0-9]+") && live.maxSize() < Integer.parseInt(first)) {
            notebook.missing(
                    place,
                    "it may grow to %d, and a first release wants %s".formatted(live.maxSize(), first),
                    "a release on it never has the instances that it needs",
                    Remedy.of("aws autoscaling update-auto-scaling-group --auto-scaling-group-name %s --max-size %s"
                            .formatted(place.id(), wanted.text("MaxSize"))));
        } else if (!wanted.text("MaxSize").equals(String.valueOf(live.maxSize()))) {
            notebook.odd(
                    place,
                    "it may grow to %d, deployed with %s".formatted(live.maxSize(), wanted.text("MaxSize")),
                    Remedy.of("say it in greenlight.yaml, fleet.maximum, or put it back"));
        }
    }

    private void targets(Place place, String arn, DeployedStack stack, Notebook notebook) {
        notebook.ask(
                        place,
                        "elasticloadbalancing:DescribeTargetGroups",
                        () -> loadBalancing.describeTargetGroups(request -> request.targetGroupArns(arn)),
                        () -> notebook.missing(
                                place,
                                "its target group is gone: " + arn,
                                "its instances cannot be reached: no release of it gets to users",
                                Remedy.of(
                                        "change the target group in the template and deploy: CloudFormation makes it anew only"
                                                + " if the template changes")))
                .flatMap(answer -> answer.targetGroups().stream().findFirst())
                .filter(group -> group.targetType() != TargetTypeEnum.INSTANCE)
                .ifPresent(group -> notebook.missing(
                        place,
                        "its target group takes targets by " + group.targetTypeAsString() + ", not by instance",
                        "instances that Auto Scaling launches are not registered",
                        Remedy.of("make a target group of type instance: the type of one cannot be changed")));
        notebook.ask(
                        place,
                        "elasticloadbalancing:DescribeTargetGroupAttributes",
                        () -> loadBalancing.describeTargetGroupAttributes(request -> request.targetGroupArn(arn)),
                        () -> {})
                .flatMap(answer -> answer.attributes().stream()
                        .filter(attribute -> DELAY.equals(attribute.key()))
                        .findFirst())
                .filter(attribute -> !attribute.value().equals(delay(stack, List.of(arn))))
                .ifPresent(attribute -> notebook.missing(
                        place,
                        "its target group drains for %s s; the functions count on %s s"
                                .formatted(attribute.value(), delay(stack, List.of(arn))),
                        "blue may be put to sleep while requests still run on it",
                        Remedy.of(
                                "aws elbv2 modify-target-group-attributes --target-group-arn %s --attributes Key=%s,Value=%s"
                                        .formatted(arn, DELAY, delay(stack, List.of(arn))))));
    }

    private static String delay(DeployedStack stack, List<String> arns) {
        return stack.parts("AWS::ElasticLoadBalancingV2::TargetGroup").stream()
                .filter(group -> arns.contains(group.physicalId()))
                .flatMap(group -> group.wanted().path("TargetGroupAttributes").valueStream())
                .filter(attribute -> DELAY.equals(attribute.path("Key").asText()))
                .map(attribute -> attribute.path("Value").asText())
                .findFirst()
                .orElse("300");
    }
}
