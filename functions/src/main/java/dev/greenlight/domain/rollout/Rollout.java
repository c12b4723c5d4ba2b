package dev.greenlight.domain.rollout;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.strategy.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One attempt to replace blue by green: everything that is known of it, as it is stored.
 *
 * @param version counts the stored writes; a write from an older version is refused
 * @param fence the number of the lock under which this rollout runs; later rollouts have larger ones
 * @param launches what its fleets are launched from, for as long as it looks after them
 * @param steps the changes of routing that it makes, in their order: those of the settings with which it began
 * @param shadow the copies of users' requests on which green is watched; empty where it gets none
 * @param recreation present where only one of both fleets may run at a time: how far they have changed places
 * @param rolling present where it is installed zone by zone: how far it has come
 * @param ending present where it did not go well: it was taken back, or it failed and was kept because blue was worse
 * @param settled whether everything it pinned is released and nothing of it is left running for nothing
 * @param history the latest {@value #HISTORY_LIMIT} events, oldest first
 */
public record Rollout(
        RolloutId id,
        long version,
        long fence,
        Revision revision,
        Roles roles,
        Sizing sizing,
        Launches launches,
        List<Step> steps,
        Optional<Shadow> shadow,
        Optional<Recreation> recreation,
        Optional<Rolling> rolling,
        Progress progress,
        Optional<Ending> ending,
        boolean settled,
        List<Event> history)
        implements OnCourse, Stepwise, Ended {

    static final int HISTORY_LIMIT = 200;

    public Rollout {
        steps = List.copyOf(steps);
        history = List.copyOf(history);
    }

    /** A rollout that has just been given the lock. */
    public static Rollout begin(
            RolloutId id, long fence, Revision revision, Roles roles, Sizing sizing, List<Step> steps, Instant now) {
        return new Rollout(
                        id,
                        0,
                        fence,
                        revision,
                        roles,
                        sizing,
                        Launches.UNKNOWN,
                        steps,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Progress.begin(now),
                        Optional.empty(),
                        false,
                        List.of())
                .tell(now, "began", "%s on fleet %s; %s".formatted(revision.name(), roles.green(), roles.wayBack()));
    }

    public Phase phase() {
        return progress.phase();
    }

    public boolean isOpen() {
        return phase().isOpen();
    }

    public FleetName green() {
        return roles.green();
    }

    public Optional<FleetName> blue() {
        return roles.blue();
    }

    @Override
    public Course course() {
        return roles.oneFleet()
                .<Course>map(fleet -> new CourseOnOne(this, fleet))
                .or(() -> recreation.map(places -> new CourseInTurn(this, places)))
                .orElseGet(() -> new CourseOnTwo(this));
    }

    public Rollout tell(Instant now, String what, String why) {
        List<Event> told = new ArrayList<>(history);
        told.add(new Event(now, what, why));
        if (told.size() > HISTORY_LIMIT) {
            told.remove(1); // the beginning stays readable
        }
        return copy(version, sizing, launches, shadow, recreation, rolling, progress, ending, settled, told);
    }

    public Rollout beat(Instant now) {
        return with(progress.beat(now));
    }

    public Rollout advance(Instant now, String why) {
        Phase next = phase().next();
        return with(progress.enter(next, now)).tell(now, name(next), why);
    }

    /** The shadow that it is to have, or how far that has come. */
    public Rollout shadowed(Shadow known) {
        return copy(
                version, sizing, launches, Optional.of(known), recreation, rolling, progress, ending, settled, history);
    }

    /** The fleets change places one after the other, or have come further in that. */
    public Rollout recreating(Recreation known) {
        return copy(version, sizing, launches, shadow, Optional.of(known), rolling, progress, ending, settled, history);
    }

    /** It goes from zone to zone, or has come further in that. Where another deployment is to follow, the one before says nothing any more. */
    public Rollout rolled(Rolling known) {
        boolean anew =
                rolling.filter(before -> known.attempt() > before.attempt()).isPresent();
        Progress next = anew ? progress.installingAnew() : progress;
        return copy(version, sizing, launches, shadow, recreation, Optional.of(known), next, ending, settled, history);
    }

    /** What its fleets are launched from is remembered, so that it can be kept. */
    public Rollout launchedFrom(Launches known) {
        return copy(version, sizing, known, shadow, recreation, rolling, progress, ending, settled, history);
    }

    public Rollout shiftingAskedAt(Instant now) {
        return with(progress.shiftingAskedAt(now));
    }

    /**
     * The rule is about to be written while it shows the weights from before: from now on users may be on green.
     *
     * @param healthy how many targets of green are there to take them
     */
    public Rollout usersFrom(Instant now, int healthy) {
        return with(progress.usersFrom(now)).with(sizing.carriedBy(healthy));
    }

    /** Users were just seen on a fleet that was to have none: what they asked of it may run on for a while. */
    public Rollout strayed(Instant now) {
        return with(progress.strayed(now));
    }

    public Rollout stepSeen(int step, Instant now, String why) {
        return with(progress.stepSeen(step, now)).tell(now, "shifted", why);
    }

    public Rollout read(int steadyReads, Instant now) {
        return with(progress.read(steadyReads, now));
    }

    public Rollout installingBy(String deployment, Instant now) {
        return with(progress.installingBy(deployment)).tell(now, "installing", "by deployment " + deployment);
    }

    public Rollout installed(Instant now, String why) {
        return with(progress.nowInstalled()).tell(now, "installed", why);
    }

    public Rollout promoteAtOnce(Instant now, String why) {
        return with(progress.promoteAtOnce()).tell(now, "asked to promote", why);
    }

    /** A person lets it go on from the step on which it is, where it waits for one, or from the copies that green gets. */
    public Rollout resume(Instant now, String why) {
        Rollout resumed = isWatchedOnCopies()
                ? shadowed(shadow.get().ended())
                : rolling.map(known -> rolled(known.resumed())).orElseGet(() -> with(progress.resume()));
        return resumed.tell(now, "resumed", why);
    }

    /** Whether green gets copies of users' requests now, and is watched on them. */
    public boolean isWatchedOnCopies() {
        return phase() == Phase.VALIDATING && shadow.filter(Shadow::isWatched).isPresent();
    }

    public Rollout promote(Optional<Instant> warmUntil, Instant now, String why) {
        return with(progress.enter(Phase.PROMOTED, now).warmUntil(warmUntil)).tell(now, name(Phase.PROMOTED), why);
    }

    public Rollout keepWarmUntil(Instant until, String why) {
        return with(progress.warmUntil(Optional.of(until))).tell(until, "asked to retire blue", why);
    }

    public Rollout retire(Instant now, String why) {
        return with(progress.enter(Phase.RETIRED, now)).tell(now, name(Phase.RETIRED), why);
    }

    public Rollout takeBack(Cause cause, Instant now, String why) {
        Ending end = new Ending(cause, why, felt());
        return with(progress.enter(Phase.ROLLED_BACK, now))
                .with(course().due().map(end::restoring).orElse(end), false)
                .tell(now, felt() ? "rolled back" : "rejected", why);
    }

    /** It was taken back, and a forward write gave users its green after that. */
    public Rollout metUsers(Instant now, String why) {
        return strayed(now).with(ending.orElseThrow().met(), settled).tell(now, "met users", why);
    }

    /** Its revision was quarantined for it: whoever takes it back again does not do that a second time. */
    public Rollout blamed() {
        return with(ending.orElseThrow().blamed(), settled);
    }

    /** Green stays although it failed: going back would be worse. */
    public Rollout keep(Cause cause, Optional<Instant> warmUntil, Instant now, String why) {
        return with(progress.enter(Phase.PROMOTED, now).warmUntil(warmUntil))
                .with(new Ending(cause, why, trafficMoved()), false)
                .tell(now, "kept although it failed", why);
    }

    /** It was taken back and serves all the same, because nothing else does. */
    public Rollout stay(Instant now, String why) {
        return with(progress.enter(Phase.PROMOTED, now)).tell(now, "stays", why);
    }

    /** A person says that the next rollout need not wait for the cooldown's end. */
    public Rollout cooled(Instant now, String why) {
        return with(ending.orElseThrow().released(), settled).tell(now, "cooldown released", why);
    }

    public Rollout restoringBy(String deployment, Instant now) {
        return restored(restoration().orElseThrow().by(deployment))
                .tell(now, "restoring", "%s by deployment %s".formatted(former(), deployment));
    }

    /** The deployment that was to bring it back did not: another one is needed. */
    public Rollout restoreAgain(Restoration next, Instant now, String why) {
        return restored(next).tell(now, "restores again", why);
    }

    public Rollout endRestoration(boolean restored, Instant now, String why) {
        return restored(restoration().orElseThrow().ended(now)).tell(now, restored ? "restored" : "not restored", why);
    }

    /** It is over, and a person takes it back all the same: the fleets are to be given back as they are now, for nothing is pinned. */
    public Rollout foundAnew(int size, Scaling a, Scaling b) {
        return with(course().foundAnew(size, a, b));
    }

    private Rollout restored(Restoration next) {
        return with(ending.orElseThrow().restoring(next), settled);
    }

    public Rollout growGreen(int size, Instant now) {
        return with(sizing.withGreen(size)).tell(now, "green grows", "to %d, as blue did".formatted(size));
    }

    public Rollout keepBlueAt(int size) {
        return with(sizing.withBlue(size));
    }

    public Rollout settle(Instant now) {
        return copy(version, sizing, launches, shadow, recreation, rolling, progress, ending, true, history)
                .tell(now, "settled", "pins released, nothing left running for it");
    }

    /** The same rollout as the store holds it after its next write. */
    public Rollout stored() {
        return copy(version + 1, sizing, launches, shadow, recreation, rolling, progress, ending, settled, history);
    }

    private Rollout with(Progress next) {
        return copy(version, sizing, launches, shadow, recreation, rolling, next, ending, settled, history);
    }

    /** @param over whether nothing is left to do for it; what ends anew has something again */
    private Rollout with(Ending next, boolean over) {
        return copy(version, sizing, launches, shadow, recreation, rolling, progress, Optional.of(next), over, history);
    }

    private Rollout with(Sizing next) {
        return copy(version, next, launches, shadow, recreation, rolling, progress, ending, settled, history);
    }

    /** What changes in a rollout's life; the rest is as it began. */
    private Rollout copy(
            long version,
            Sizing sizing,
            Launches launches,
            Optional<Shadow> shadow,
            Optional<Recreation> recreation,
            Optional<Rolling> rolling,
            Progress progress,
            Optional<Ending> ending,
            boolean settled,
            List<Event> history) {
        return new Rollout(
                id,
                version,
                fence,
                revision,
                roles,
                sizing,
                launches,
                steps,
                shadow,
                recreation,
                rolling,
                progress,
                ending,
                settled,
                history);
    }

    private static String name(Phase phase) {
        return phase.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
