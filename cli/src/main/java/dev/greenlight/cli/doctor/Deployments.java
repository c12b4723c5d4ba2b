package dev.greenlight.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.AutoScalingGroup;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentOption;
import software.amazon.awssdk.services.codedeploy.model.DeploymentType;
import software.amazon.awssdk.services.codedeploy.model.TargetGroupInfo;

/**
 * CodeDeploy's groups: each installs in place on its own fleet, takes nothing back by itself, and drains instances only where the stack has
 * it do so, as a rolling release needs it.
 */
final class Deployments implements Subject {

    private static final String BREAKS = "InstallRevision fails, or CodeDeploy moves traffic that Greenlight counts on";

    private final CodeDeployClient codeDeploy;

    Deployments(AccountClients clients) {
        this.codeDeploy = clients.codeDeploy();
    }

    @Override
    public String name() {
        return "CodeDeploy's groups";
    }

    @Override
    public void look(DeployedStack stack, Notebook notebook) {
        for (Part group : stack.parts("AWS::CodeDeploy::DeploymentGroup")) {
            String application = group.text("ApplicationName");
            String name = group.text("DeploymentGroupName");
            Place place = new Place("deployment group", name, application + "/" + name);
            notebook.ask(
                            place,
                            "codedeploy:GetDeploymentGroup",
                            () -> codeDeploy
                                    .getDeploymentGroup(request ->
                                            request.applicationName(application).deploymentGroupName(name))
                                    .deploymentGroupInfo(),
                            () -> notebook.missing(
                                    place,
                                    "the group, or its application, is gone",
                                    "nothing can be installed on its fleet, and instances launch empty",
                                    Remedy.of(
                                            "change the group in the template and deploy: CloudFormation makes it anew only if"
                                                    + " the template changes")))
                    .ifPresent(live -> compare(stack, place, group, live, notebook));
        }
    }

    private static void compare(
            DeployedStack stack, Place place, Part wanted, DeploymentGroupInfo live, Notebook notebook) {
        List<String> faults = new ArrayList<>();
        if (live.deploymentStyle() != null && live.deploymentStyle().deploymentType() == DeploymentType.BLUE_GREEN) {
            faults.add("it is of type BLUE_GREEN, which copies the fleet and deletes the old one");
        }
        List<String> targetGroups = targetGroups(stack, wanted);
        drained(wanted, live, targetGroups).ifPresent(faults::add);
        if (live.autoRollbackConfiguration() != null
                && Boolean.TRUE.equals(live.autoRollbackConfiguration().enabled())) {
            faults.add(
                    "its automatic rollback is on: it installs the old revision where Greenlight expects the new one");
        }
        List<String> fleets =
                live.autoScalingGroups().stream().map(AutoScalingGroup::name).toList();
        List<String> own = Policies.texts(wanted.wanted().path("AutoScalingGroups"));
        if (!fleets.containsAll(own)) {
            faults.add("the fleet %s is not in it".formatted(String.join(", ", own)));
        }
        fleets.stream()
                .filter(fleet -> !own.contains(fleet))
                .forEach(fleet -> faults.add("it also installs on " + fleet));
        String role = wanted.text("ServiceRoleArn");
        if (live.serviceRoleArn() != null && !role.isEmpty() && !role.equals(live.serviceRoleArn())) {
            faults.add("it works with the role %s, deployed with %s".formatted(live.serviceRoleArn(), role));
        }
        faults.forEach(fault -> notebook.missing(
                place,
                fault,
                BREAKS,
                Remedy.of(("aws deploy update-deployment-group --application-name %s --current-deployment-group-name %s"
                                + " --deployment-style deploymentType=IN_PLACE,deploymentOption=%s%s"
                                + " --auto-rollback-configuration enabled=false --auto-scaling-groups %s --service-role-arn %s")
                        .formatted(
                                wanted.text("ApplicationName"),
                                wanted.text("DeploymentGroupName"),
                                option(wanted),
                                balancer(wanted, targetGroups),
                                String.join(" ", own),
                                role))));
        if (faults.isEmpty()) {
            notebook.well(
                    place,
                    drains(wanted)
                            ? "installs in place on its own fleet, and drains each instance before"
                            : "installs in place on its own fleet, and leaves traffic alone");
        }
    }

    private static DeploymentOption option(Part wanted) {
        return DeploymentOption.fromValue(wanted.wanted()
                .path("DeploymentStyle")
                .path("DeploymentOption")
                .asText(DeploymentOption.WITHOUT_TRAFFIC_CONTROL.toString()));
    }

    private static boolean drains(Part wanted) {
        return option(wanted) == DeploymentOption.WITH_TRAFFIC_CONTROL;
    }

    /** The names of the target groups of the same fleet: what belongs to one ends with its letter. */
    private static List<String> targetGroups(DeployedStack stack, Part wanted) {
        String group = wanted.text("DeploymentGroupName");
        String fleet = group.substring(group.lastIndexOf('-'));
        return stack.parts("AWS::ElasticLoadBalancingV2::TargetGroup").stream()
                .map(part -> part.text("Name"))
                .filter(name -> name.endsWith(fleet))
                .toList();
    }

    private static String balancer(Part wanted, List<String> own) {
        return drains(wanted)
                ? " --load-balancer-info targetGroupInfoList=[{name=%s}]".formatted(String.join(",", own))
                : "";
    }

    private static Optional<String> drained(Part wanted, DeploymentGroupInfo live, List<String> own) {
        boolean controls = live.deploymentStyle() != null
                && live.deploymentStyle().deploymentOption() == DeploymentOption.WITH_TRAFFIC_CONTROL;
        if (controls != drains(wanted)) {
            return Optional.of(
                    controls
                            ? "it controls traffic: it takes instances out of the target group while it installs"
                            : "it does not control traffic: it installs on instances while users are on them");
        }
        List<String> groups = live.loadBalancerInfo() == null
                ? List.of()
                : live.loadBalancerInfo().targetGroupInfoList().stream()
                        .map(TargetGroupInfo::name)
                        .toList();
        return controls && !groups.equals(own)
                ? Optional.of("it drains the target groups %s, deployed with %s".formatted(groups, own))
                : Optional.empty();
    }
}
