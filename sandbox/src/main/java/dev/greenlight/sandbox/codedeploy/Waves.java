package dev.greenlight.sandbox.codedeploy;

import dev.greenlight.sandbox.codedeploy.Deployment.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import software.amazon.awssdk.services.codedeploy.model.TargetStatus;

/**
 * In which order a deployment comes to its instances. Zones come one after the other; which one is first nobody says, except that one with
 * unhealthy instances is ("CodeDeploy instance health"). Within a zone as many are begun on as may be out of service.
 */
final class Waves {

    private final Deployment deployment;
    private final List<String> zones;
    private int zone;
    private boolean resting;

    /** What comes next. */
    sealed interface Next {
        /** These are begun on now; none while others are at work. */
        record Begin(List<Target> targets) implements Next {}

        /** The zone is done: nothing is begun for so long. */
        record Rest(Duration monitor) implements Next {}

        /** Nothing is left to begin. */
        record Over() implements Next {}

        /** More would be out of service than may be. */
        record Stuck() implements Next {}
    }

    Waves(Deployment deployment) {
        this.deployment = deployment;
        this.zones = order(deployment);
    }

    private static List<String> order(Deployment deployment) {
        List<String> zones = new ArrayList<>(new TreeSet<>(
                deployment.targets.values().stream().map(target -> target.zone).toList()));
        if (!zones.isEmpty()) {
            java.util.Collections.rotate(zones, deployment.id.hashCode() % zones.size());
        }
        Predicate<String> broken = zone -> deployment.targets.values().stream()
                .anyMatch(target -> target.zone.equals(zone) && target.wasUnhealthy);
        zones.sort(Comparator.comparing(zone -> !broken.test(zone)));
        return zones;
    }

    /** The time after a zone is over. */
    void rested() {
        resting = false;
        zone++;
    }

    Next next() {
        if (deployment.configuration.zones().isEmpty()) {
            List<Target> all = waiting(target -> true);
            List<Target> next = isOneAtATime() ? one(all) : all;
            if (!all.isEmpty() && isOneAtATime() && anyFailed()) {
                return new Next.Stuck();
            }
            next.forEach(target -> target.begun = true);
            return all.isEmpty() && over(target -> true) ? new Next.Over() : new Next.Begin(next);
        }
        if (resting || zone >= zones.size()) {
            return zone >= zones.size() ? new Next.Over() : new Next.Begin(List.of());
        }
        String now = zones.get(zone);
        List<Target> begun = new ArrayList<>();
        for (Target target : waiting(target -> target.zone.equals(now))) {
            if (mayGo(target)) {
                target.begun = true;
                begun.add(target);
            }
        }
        if (!begun.isEmpty()) {
            return new Next.Begin(begun);
        }
        if (!over(target -> !target.begun || !target.zone.equals(now))) {
            return new Next.Begin(List.of());
        }
        if (!waiting(target -> target.zone.equals(now)).isEmpty()) {
            return atWork(now) ? new Next.Begin(List.of()) : new Next.Stuck();
        }
        return atWork(now) ? new Next.Begin(List.of()) : zoneDone();
    }

    private boolean isOneAtATime() {
        return deployment.configuration == Configuration.ONE_AT_A_TIME;
    }

    private List<Target> one(List<Target> waiting) {
        boolean atWork = deployment.targets.values().stream().anyMatch(target -> target.begun && !target.over());
        return atWork ? List.of() : waiting.stream().limit(1).toList();
    }

    private boolean anyFailed() {
        return deployment.targets.values().stream().anyMatch(target -> target.status == TargetStatus.FAILED);
    }

    private Next zoneDone() {
        if (zone == zones.size() - 1) {
            return new Next.Over();
        }
        resting = true;
        Configuration.Zones times = deployment.configuration.zones().orElseThrow();
        return new Next.Rest(zone == 0 ? times.first() : times.monitor());
    }

    private boolean atWork(String zone) {
        return deployment.targets.values().stream()
                .anyMatch(target -> target.zone.equals(zone) && target.begun && !target.over());
    }

    private boolean over(Predicate<Target> which) {
        return deployment.targets.values().stream().filter(which).allMatch(target -> target.over() || !target.begun);
    }

    private List<Target> waiting(Predicate<Target> which) {
        return deployment.targets.values().stream()
                .filter(target -> !target.begun && !target.over())
                .filter(which)
                .toList();
    }

    /** Who is unhealthy anyway takes nobody's place. */
    private boolean mayGo(Target target) {
        return target.wasUnhealthy
                || leaves(deployment.configuration.fleet(), any -> true)
                        && leaves(
                                deployment.configuration.zones().orElseThrow().each(),
                                other -> other.zone.equals(target.zone));
    }

    private boolean leaves(Configuration.Minimum minimum, Predicate<Target> among) {
        List<Target> all = deployment.targets.values().stream().filter(among).toList();
        long healthy = all.stream().filter(Waves::isHealthy).count();
        return healthy - 1 >= minimum.of(all.size());
    }

    private static boolean isHealthy(Target target) {
        return target.over() ? target.status == TargetStatus.SUCCEEDED : !target.begun && !target.wasUnhealthy;
    }

    /** Whether enough instances have the revision: one, and what the configuration asks for. */
    boolean isSuccess() {
        long succeeded = deployment.targets.values().stream()
                .filter(target -> target.status == TargetStatus.SUCCEEDED)
                .count();
        int all = deployment.targets.size();
        int needed = isOneAtATime() ? all - 1 : deployment.configuration.fleet().of(all);
        return succeeded >= Math.max(1, needed);
    }
}
