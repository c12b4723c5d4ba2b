package dev.greenlight.infra.hook;

import dev.greenlight.infra.Names;
import dev.greenlight.infra.permit.Permit;
import dev.greenlight.service.Config;
import dev.greenlight.service.ZoneConfiguration;
import java.util.List;
import java.util.stream.Stream;

/** What functions may ask of CodeDeploy: to install, to look at what is installed, and to bring back what was there before. */
final class InstallPermits {

    private static final String ALL_AT_ONCE = "CodeDeployDefault.AllAtOnce";

    private final Surroundings around;
    private final Names names;
    private final Config.Traffic traffic;

    InstallPermits(Surroundings around) {
        this.around = around;
        this.names = around.names();
        this.traffic = around.config().strategy().traffic();
    }

    /** A revision goes onto a fleet. */
    List<Permit> forward() {
        return install(all());
    }

    boolean goByZone() {
        return traffic instanceof Config.Traffic.Rolling;
    }

    boolean areInTurn() {
        return traffic instanceof Config.Traffic.Recreate;
    }

    /** What a function may ask of CodeDeploy besides, where the way back is an installation. */
    List<Permit> ofTheWayBack(HookName hook) {
        return switch (traffic) {
            case Config.Traffic.InPlace same -> onOneFleet(hook);
            case Config.Traffic.Rolling rolling -> onOneFleet(hook);
            case Config.Traffic.Recreate one -> inTurn(hook);
            case Config.Traffic.BlueGreen other -> List.of();
            case Config.Traffic.Canary other -> List.of();
            case Config.Traffic.Shadow other -> List.of();
            case Config.Traffic.Linear other -> List.of();
            case Config.Traffic.AbTest other -> List.of();
        };
    }

    private List<Permit> install(List<String> configurations) {
        return joined(List.of(
                List.of(Permit.on(
                        deploymentGroups(),
                        "Install",
                        "the revision goes onto green, and its way is followed",
                        "codedeploy:BatchGetDeployments",
                        "codedeploy:CreateDeployment",
                        "codedeploy:GetDeployment",
                        "codedeploy:ListDeployments")),
                knowDeployments(configurations),
                List.of(seeInstalls())));
    }

    private static Permit seeInstalls() {
        return Permit.everywhere(
                "SeeInstalls",
                "deployment targets have no resource type",
                "codedeploy:BatchGetDeploymentTargets",
                "codedeploy:ListDeploymentTargets");
    }

    private List<String> deploymentGroups() {
        return Stream.of(around.fleets().a(), around.fleets().b())
                .map(f -> names.arn(
                        "codedeploy", "deploymentgroup:" + around.fleets().application() + "/" + f.name()))
                .toList();
    }

    /** The configurations by which something goes onto a fleet: the first release all at once, whatever the strategy. */
    private List<String> all() {
        return traffic instanceof Config.Traffic.Rolling rolling
                ? List.of(
                        ALL_AT_ONCE,
                        ZoneConfiguration.forward(names.service(), rolling).name(),
                        ZoneConfiguration.back(names.service(), rolling).name())
                : List.of(ALL_AT_ONCE);
    }

    /** Those by which something comes back. */
    private List<String> back() {
        return traffic instanceof Config.Traffic.Rolling rolling
                ? List.of(ZoneConfiguration.back(names.service(), rolling).name())
                : List.of(ALL_AT_ONCE);
    }

    /** Sweep goes on where nobody may go zone by zone. */
    private List<String> backInTheEnd() {
        return Stream.concat(Stream.of(ALL_AT_ONCE), back().stream()).distinct().toList();
    }

    private List<Permit> knowDeployments(List<String> configurations) {
        String application = around.fleets().application();
        return List.of(
                Permit.on(
                        names.arn("codedeploy", "application:" + application),
                        "KnowRevisions",
                        "CreateDeployment asks for them where the revision is new (CodeDeploy permissions reference)",
                        "codedeploy:GetApplicationRevision",
                        "codedeploy:RegisterApplicationRevision"),
                Permit.on(
                        configurations.stream()
                                .map(name -> names.arn("codedeploy", "deploymentconfig:" + name))
                                .toList(),
                        "KnowDeploymentConfig",
                        "CreateDeployment asks for it (CodeDeploy permissions reference)",
                        "codedeploy:GetDeploymentConfig"));
    }

    /** Where a fleet is installed on while it serves, whoever takes that back installs on it as well. */
    private List<Permit> onOneFleet(HookName hook) {
        return switch (hook) {
            case PREPARE_GREEN -> List.of(seeFormer("what the fleet runs, for the way back installs that again"));
            case BEFORE_ALLOW_TRAFFIC, ALLOW_TRAFFIC, AFTER_ALLOW_TRAFFIC, PROMOTE, ROLL_BACK ->
                joined(List.of(
                        List.of(Permit.on(
                                deploymentGroups(),
                                "Restore",
                                "what was there before goes onto the fleet again",
                                "codedeploy:BatchGetDeployments",
                                "codedeploy:CreateDeployment",
                                "codedeploy:ListDeployments")),
                        knowDeployments(back())));
            case SWEEP -> install(backInTheEnd());
            case INSTALL_REVISION,
                    VALIDATE_INSTANCE,
                    RETIRE_BLUE,
                    RELEASE_QUARANTINE,
                    ANSWER_LOST_JOB,
                    TRAFFIC_RULE,
                    LAUNCH_VERSION -> List.of();
        };
    }

    private Permit seeFormer(String why) {
        return Permit.on(
                deploymentGroups(), "SeeFormer", why, "codedeploy:GetDeployment", "codedeploy:GetDeploymentGroup");
    }

    /** Where only one fleet runs at a time, what a fleet is launched with is its way back; that it came is proven by Sweep. */
    private List<Permit> inTurn(HookName hook) {
        return switch (hook) {
            case PREPARE_GREEN -> List.of(seeFormer("whether anything would bring back what is emptied"));
            case SWEEP ->
                List.of(
                        Permit.on(
                                deploymentGroups(),
                                "SeeReturned",
                                "on whom of the fleet that comes back its revision is",
                                "codedeploy:BatchGetDeployments",
                                "codedeploy:GetDeployment",
                                "codedeploy:GetDeploymentGroup",
                                "codedeploy:ListDeployments"),
                        seeInstalls());
            case INSTALL_REVISION,
                    BEFORE_ALLOW_TRAFFIC,
                    ALLOW_TRAFFIC,
                    AFTER_ALLOW_TRAFFIC,
                    PROMOTE,
                    ROLL_BACK,
                    VALIDATE_INSTANCE,
                    RETIRE_BLUE,
                    RELEASE_QUARANTINE,
                    ANSWER_LOST_JOB,
                    TRAFFIC_RULE,
                    LAUNCH_VERSION -> List.of();
        };
    }

    /** What is taken back is not installed any further. */
    static Permit stop() {
        return Permit.everywhere(
                "StopInstall",
                "an install that is taken back is stopped; the action has no resource type",
                "codedeploy:StopDeployment");
    }

    private static List<Permit> joined(List<List<Permit>> parts) {
        return parts.stream().flatMap(List::stream).toList();
    }
}
