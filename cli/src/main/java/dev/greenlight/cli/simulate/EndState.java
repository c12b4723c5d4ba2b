package dev.greenlight.cli.simulate;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.sandbox.codepipeline.ExecutionView;
import dev.greenlight.sandbox.world.Capacity;
import dev.greenlight.sandbox.world.InstanceState;
import dev.greenlight.sandbox.world.ModelledDataPlane.Tally;
import dev.greenlight.sandbox.world.TargetState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What must be true when a story has been told and nobody has anything left to do. */
final class EndState {

    private static final String MOMENT = "everything should have been over";

    private final Place place;
    private final Life life;
    private final Rulings rulings;
    private final Entitlements entitled;
    private final Instant now;
    private final Sight sight;

    EndState(Place place, Life life, Rulings rulings) {
        this.place = place;
        this.life = life;
        this.rulings = rulings;
        this.entitled = new Entitlements(life, place.scrutiny());
        this.now = place.clock().instant();
        this.sight = place.sight();
    }

    void check() {
        new Verdicts(place, entitled, rulings).check();
        atRest();
        for (FleetName fleet : FleetName.values()) {
            fleet(sight.side(fleet));
        }
        routing();
        noBugs();
        requests();
    }

    private void holds(int rule, boolean kept, Supplier<String> what) {
        rulings.holds(rule, kept, now, what, MOMENT);
    }

    /** Rules 4, 5, 6, 7: nothing goes on, nothing is held, nothing is due. */
    private void atRest() {
        holds(
                5,
                sight.ledger().holder().isEmpty(),
                () -> "the lock is still held by rollout "
                        + sight.ledger().holder().orElseThrow());
        holds(4, sight.latest().map(Rollout::settled).orElse(true), () -> {
            Rollout left = sight.latest().orElseThrow();
            return "rollout %s is %s, but not settled: something of it is left to do"
                    .formatted(left.id(), Sight.words(left.phase()));
        });
        for (String id : place.versions().keySet()) {
            ExecutionView execution = place.service().execution(id);
            holds(
                    6,
                    execution.ended().isPresent(),
                    () -> "execution %s still waits in stage %s".formatted(id, execution.stage()));
        }
        holds(7, !sight.copied(), () -> "a fleet still gets copies of users' requests");
        String group = place.service().settings().get("GREENLIGHT_SCHEDULE_GROUP");
        List<String> appointments =
                place.sandbox().schedules().listSchedules(request -> request.groupName(group)).schedules().stream()
                        .map(schedule -> schedule.name())
                        .filter(name -> place.versions().keySet().stream().anyMatch(name::contains))
                        .toList();
        holds(7, appointments.isEmpty() || cancellationRefused(), () -> "appointments are left: " + appointments);
    }

    /** Nobody cancels again what Scheduler would not delete: it names a rollout that is over, and deletes itself when its time has come. */
    private boolean cancellationRefused() {
        return place.sandbox().calls().of("scheduler:DeleteSchedule").stream()
                .anyMatch(call -> !call.ok() && !call.outcome().equals("ResourceNotFoundException"));
    }

    private void fleet(Sight.Side side) {
        holds(
                7,
                side.group().suspended().isEmpty(),
                () -> "fleet %s has processes suspended: %s"
                        .formatted(side.name(), side.group().suspended().keySet()));
        if (side.hasUsers()) {
            busy(side);
        } else {
            holds(
                    7,
                    entitled.idleFleetMayRun()
                            || side.group().capacity().min() == 0
                                    && side.desired() == 0
                                    && side.group().instances().isEmpty(),
                    () -> "a fleet without users costs money: %s, %d instances"
                            .formatted(side, side.group().instances().size()));
        }
    }

    private void busy(Sight.Side side) {
        Capacity capacity = side.group().capacity();
        int found = life.setting().instances();
        holds(
                7,
                entitled.minimumMayDiffer() || capacity.min() == (found == 0 ? 1 : Math.min(2, found)),
                () -> "the minimum of the fleet that serves was not given back: " + side);
        holds(
                2,
                entitled.sizesMayDiffer() || capacity.desired() == found,
                () -> "the fleet that serves has another size than was found: " + side);
        long serving = side.group().instances().stream()
                .filter(instance -> instance.state() == InstanceState.IN_SERVICE)
                .count();
        holds(
                2,
                serving == capacity.desired() && side.count(TargetState.HEALTHY) == serving,
                () -> "the fleet that serves is not whole: %s, %d in service".formatted(side, serving));
    }

    /** All users are on one fleet, and on what was promoted last. */
    private void routing() {
        Optional<String> serving = serving();
        Optional<FleetName> on = List.of(FleetName.values()).stream()
                .filter(fleet -> sight.side(fleet).hasAll())
                .findFirst();
        boolean full = on.isPresent()
                && !sight.side(on.get().other()).hasUsers()
                && sight.sticky().isEmpty();
        holds(
                4,
                serving.isEmpty() ? !sight.open() : full,
                () -> "traffic is neither here nor there: %s".formatted(sight.fleets()));
        if (serving.isPresent() && full) {
            Set<String> revisions = sight.side(on.get()).revisions();
            holds(
                    4,
                    revisions.equals(Set.of(serving.get())),
                    () -> "%s should serve, %s does".formatted(serving.get(), revisions));
        }
    }

    /** The version of the last rollout that was promoted and not taken back. */
    private Optional<String> serving() {
        Optional<String> serving = place.firstVersion();
        for (var merged : place.versions().entrySet()) {
            Optional<Rollout> rollout = place.rollout(merged.getKey());
            if (rollout.filter(Verdicts::stands).isPresent()) {
                serving = Optional.of(merged.getValue());
            }
        }
        return serving;
    }

    /** A hook that stumbles over itself says so in its log, and nowhere else. */
    private void noBugs() {
        for (String line : place.service().journal().lines()) {
            holds(4, !line.contains("\"unexpected "), () -> "a hook stumbled: " + line);
        }
    }

    /** Rule 1: no request goes unanswered, and no good version fails one. */
    private void requests() {
        place.plane().tallies().forEach((version, tally) -> {
            boolean good = version.equals(Tally.BALANCER)
                    ? !entitled.requestsMayBeLost() && !InPlaceRulings.concern(place)
                    : place.quality(version).mustPass();
            holds(
                    1,
                    !good || tally.failed() == 0,
                    () -> "%d of %d requests to %s failed".formatted(tally.failed(), tally.requests(), version));
        });
    }
}
