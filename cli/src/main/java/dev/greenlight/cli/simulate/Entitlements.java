package dev.greenlight.cli.simulate;

import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.strategy.Step;
import dev.greenlight.domain.strategy.Strategy;
import dev.greenlight.domain.strategy.Trial;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a life's story entitles Greenlight to. Everything else is a broken rule: a good release that is not named here must be
 * promoted and lose no request, whatever AWS does wrong. A mishap entitles to delays and, but for those named here, to nothing.
 */
final class Entitlements {

    /** The shortest deadline of a phase: what delays a rollout for longer may end it. */
    private static final Duration SHORTEST_DEADLINE = Duration.ofMinutes(10);

    /** Sweep ends what is overdue by five minutes, and those who drive it call every minute at the latest. */
    private static final Duration UNDRIVEN = Duration.ofMinutes(4);

    private final Life life;
    private final Holdups holdups;
    private final Scrutiny scrutiny;

    Entitlements(Life life, Scrutiny scrutiny) {
        this.life = life;
        this.holdups = new Holdups(life.mishaps());
        this.scrutiny = scrutiny;
    }

    /** The causes for which a release of this quality may be taken back in this life, if its rollout had this time. */
    Set<Cause> causes(Quality quality, Span span) {
        Set<Cause> causes = EnumSet.noneOf(Cause.class);
        switch (quality) {
            case FAILS_SMOKE, FAILS_UNDER_TRAFFIC, SLOW_ANSWERS, FLAKY, ANSWERS_OTHERWISE ->
                causes.add(Cause.CHECK_FAILED);
            case NEVER_HEALTHY -> causes.addAll(Set.of(Cause.CHECK_FAILED, Cause.DEADLINE));
            case CANNOT_BE_INSTALLED -> causes.add(Cause.INSTALL_FAILED);
            case GOOD, SLOW_TO_BOOT -> {
                // Nothing of its own.
            }
        }
        life.scenes().stream().filter(span::hears).forEach(scene -> causes.addAll(entitled(scene)));
        life.mishaps().forEach(mishap -> causes.addAll(entitled(mishap)));
        if (delay().compareTo(SHORTEST_DEADLINE) >= 0) {
            causes.addAll(Set.of(Cause.DEADLINE, Cause.ORPHANED));
        }
        if (endsByItself()) {
            causes.add(Cause.DEADLINE);
        }
        if (endsWithBlue()) {
            causes.add(Cause.TEST_OVER);
        }
        if (isStoppedInSilence(span)) {
            // Nobody drives it until the stage is retried, and then its time may be up.
            causes.add(Cause.DEADLINE);
        }
        if (holdups.makeThePipelineDeaf()) {
            causes.addAll(Set.of(Cause.STAGE_ENDED, Cause.ORPHANED));
        }
        if (causes.contains(Cause.DEADLINE) && delay().compareTo(UNDRIVEN) >= 0) {
            // Whoever drives it would have ended it at its deadline; Sweep came first.
            causes.add(Cause.ORPHANED);
        }
        if (deadAreKept(span)) {
            causes.addAll(Set.of(Cause.PLATFORM, Cause.DEADLINE));
        }
        if (scrutiny.terms().strategy() instanceof Strategy.Rolling
                && (resizes(-1, span::hears) || handIsHeard(span))) {
            // Auto Scaling ends an instance that is being installed on, and the deployment fails with it; or a hand
            // lets
            // nobody be counted for so long that the deployment is stopped too late.
            causes.add(Cause.PLATFORM);
        }
        if (growthIsTakenBack(span::hears, span::feels)) {
            causes.add(Cause.CHECK_FAILED);
        }
        return causes;
    }

    private static Set<Cause> entitled(Scene scene) {
        return switch (scene) {
            case Scene.RollBack back -> Set.of(Cause.BY_HAND, Cause.SEEN_ON_RULE);
            // A hand may send users where nothing can serve them, and then green's figures are the hand's doing.
            case Scene.Hand hand -> Set.of(Cause.SEEN_ON_RULE, Cause.DEADLINE, Cause.CHECK_FAILED);
            case AudienceHand hand -> Set.of(Cause.SEEN_ON_RULE, Cause.DEADLINE, Cause.CHECK_FAILED);
            // A test without its rule is over; one that was to begin fails, and its stage with it.
            case AudienceGone gone -> Set.of(Cause.SEEN_ON_RULE, Cause.STAGE_ENDED, Cause.ORPHANED, Cause.DEADLINE);
            // Requests in hand are lost with the instance; a single one may be all that there was of a fleet.
            case Scene.Death death -> Set.of(Cause.CHECK_FAILED, Cause.INSTALL_FAILED, Cause.DEADLINE, Cause.PLATFORM);
            case Scene.Alarm alarm -> Set.of(Cause.ALARM, Cause.DEADLINE, Cause.CHECK_FAILED);
            case Scene.Stop stop -> Set.of(Cause.STAGE_ENDED, Cause.ORPHANED);
            // An action that is tried again tells its rollout once more; nothing is entitled by it.
            case Scene.Retry retry -> Set.of();
            case Scene.Merge merge -> Set.of();
            case MergeAgain again -> Set.of();
            case Resume resume -> Set.of();
            case Strays strays -> Set.of();
            case Scene.Promote promote -> Set.of();
            case Scene.ReleaseQuarantine release -> Set.of();
            case Scene.Crowd crowd -> Set.of();
            case Scene.Resize resize -> Set.of();
            case Scene.StackUpdate update -> Set.of();
        };
    }

    /** Whether nobody may have come to a pause, and that takes it back. A test asks for nobody, unless it is to end so or says too little. */
    private boolean endsByItself() {
        if (scrutiny.terms().strategy() instanceof Strategy.Rolling rolling) {
            return rolling.pause()
                    .filter(pause -> pause.otherwise() == Step.Otherwise.ROLL_BACK)
                    .isPresent();
        }
        return scrutiny.terms().strategy().steps().stream()
                .filter(step -> step.trial()
                        .filter(trial -> trial.end() != Trial.End.WAIT && !saysTooLittle(step, trial))
                        .isEmpty())
                .flatMap(step -> step.pause().stream())
                .anyMatch(pause -> pause.otherwise() == Step.Otherwise.ROLL_BACK);
    }

    /** Whether a test is to end so that blue serves all again. */
    private boolean endsWithBlue() {
        return scrutiny.terms().strategy().steps().stream()
                .flatMap(step -> step.trial().stream())
                .anyMatch(trial -> trial.end() == Trial.End.ROLL_BACK);
    }

    /** Whether a test may end with too few requests on green, which are counted with half as many to spare. */
    private boolean saysTooLittle(Step step, Trial trial) {
        int least = life.scenes().stream()
                .filter(Scene.Crowd.class::isInstance)
                .mapToInt(crowd -> ((Scene.Crowd) crowd).percent())
                .reduce(100, Math::min);
        double seen = life.setting().perSecond()
                * Service.share(step)
                / 100
                * step.bake().toSeconds()
                * least
                / 100;
        return seen < 1.5 * trial.bar().minimumRequests();
    }

    private static Set<Cause> entitled(Mishap mishap) {
        return switch (mishap) {
            case Mishap.SilentAgents silent -> Set.of(Cause.PLATFORM, Cause.DEADLINE);
            // No instance of that fleet survives its launch until somebody installs something good there.
            case Mishap.WrongLastRevision wrong -> Set.of(Cause.PLATFORM, Cause.DEADLINE);
            case Mishap.InTheWindow window ->
                window.comer() == Mishap.Comer.A_ROLLBACK ? Set.of(Cause.BY_HAND, Cause.SEEN_ON_RULE) : Set.of();
            case Mishap.Between between ->
                between.comer() == Mishap.Comer.A_ROLLBACK ? Set.of(Cause.BY_HAND, Cause.SEEN_ON_RULE) : Set.of();
            case Mishap.Crash crash -> Set.of();
            case Mishap.Failure failure -> Set.of();
            case Mishap.Away away -> Set.of();
            case Mishap.Delivery delivery -> Set.of();
            case Mishap.Again again -> Set.of();
            case Mishap.StaleReads stale -> Set.of();
            case Mishap.Skew skew -> Set.of();
        };
    }

    /** For how long mishaps may hold a rollout up in all. */
    Duration delay() {
        return holdups.delay();
    }

    /** Whether nobody was told that its pipeline was stopped. */
    private boolean isStoppedInSilence(Span span) {
        return holdups.loseEvents()
                && life.scenes().stream().anyMatch(scene -> scene instanceof Scene.Stop && span.hears(scene));
    }

    /**
     * How long after a story's end everything must have come to rest. Whoever stops a pipeline between two actions, and whose event of that is
     * lost, looks like somebody who still thinks about an approval: for a day.
     */
    Duration rest() {
        return has(Scene.Stop.class) && holdups.loseEvents() ? Duration.ofHours(26) : Duration.ofHours(4);
    }

    /** Whether a release that fails by itself may be promoted all the same: a person may not wait for the figures. */
    boolean badMayPass(Quality quality, Span span) {
        boolean excused = life.scenes().stream()
                .anyMatch(scene -> (scene instanceof Scene.Promote || isHand(scene)) && span.hears(scene)
                        || scene instanceof Scene.Crowd && span.feels(scene));
        return !scrutiny.keepsUsersFrom(quality) && excused;
    }

    /** Whether green's errors may have looked no worse than blue's: an instance of blue died with its users' requests. */
    boolean mayFailNoMoreThanBlue(Quality quality, long unserved) {
        return !scrutiny.keepsUsersFrom(quality) && has(Scene.Death.class) && unserved > 0;
    }

    /** Whether users may meet a release that fails before traffic moves: only a hand may send them there. */
    boolean badMayMeetUsers() {
        return hasHands();
    }

    /** Whether an execution may end without a rollout of its own: it is refused, or was stopped before. */
    boolean mayBeRefused() {
        return has(Scene.Stop.class)
                || has(Scene.Retry.class)
                || hasHands()
                || !scrutiny.terms().replaceWarm()
                || delay().compareTo(SHORTEST_DEADLINE) >= 0
                || holdups.makeThePipelineDeaf();
    }

    /** Whether a fleet that goes from zone to zone may have too few instances for that: some died, or nobody came. */
    boolean mayBeTooFew() {
        return scrutiny.terms().strategy() instanceof Strategy.Rolling
                && (has(Scene.Death.class)
                        || has(Scene.Resize.class)
                        || life.setting().followsLoad());
    }

    /** Whether a release that no pipeline waits for may still hold the lock. */
    boolean testMayBeOn() {
        return scrutiny.terms().strategy().steps().stream()
                .anyMatch(step -> step.trial().isPresent());
    }

    /** Whether the pipeline may say something else of an execution than the store does of its rollout. */
    boolean pipelineMayDiffer() {
        return has(Scene.Stop.class) || has(Scene.Retry.class) || holdups.makeThePipelineDeaf();
    }

    /** Whether users' requests may go unanswered: their instance dies, a hand sends them astray, nothing was released before. */
    boolean requestsMayBeLost() {
        return has(Scene.Death.class)
                || growthIsTakenBack(any -> true, any -> true)
                || has(Strays.class)
                || hasHands()
                || life.setting().instances() == 0;
    }

    /** Whether a fleet that nobody cares for may run: a hand sent users to it, and it was given a size for them. */
    boolean idleFleetMayRun() {
        return hasHands() && has(Scene.Resize.class);
    }

    /** Whether a fleet may end with another minimum: a hand made blue of one that had none, and that is what is given back. */
    boolean minimumMayDiffer() {
        return hasHands();
    }

    /** Whether sizes may end differently from how they were found. */
    boolean sizesMayDiffer() {
        return has(Scene.Resize.class)
                || has(Scene.Crowd.class)
                || has(Scene.Death.class)
                || life.setting().followsLoad()
                || life.setting().instances() == 0;
    }

    /** By how much the functions' clock may differ from the platform's. */
    Duration skew() {
        return life.skew().abs();
    }

    /** What has died stays on a fleet that somebody asks past the production rule for longer than the next release waits for that. */
    private boolean deadAreKept(Span span) {
        return life.scenes().stream().anyMatch(scene -> scene instanceof Strays && span.hears(scene))
                && life.scenes().stream().anyMatch(scene -> scene instanceof Scene.Death && span.feels(scene));
    }

    /**
     * Whoever takes back what the fleet under traffic has grown by ends the oldest instances, and keeps those that are not healthy yet. A fleet
     * that is installed on under its users grows by that alone: who serves meanwhile, or first, has more to do.
     */
    private boolean growthIsTakenBack(Predicate<Scene> resized, Predicate<Scene> crowded) {
        boolean policy = life.setting().followsLoad();
        boolean shrinks = resizes(-1, resized);
        boolean grows = loadGrows(crowded) || scrutiny.terms().strategy().onOneFleet();
        return resizes(1, resized) && (policy || shrinks) || policy && shrinks && grows;
    }

    private boolean loadGrows(Predicate<Scene> which) {
        int percent = 100;
        for (Scene scene : life.scenes()) {
            if (scene instanceof Scene.Crowd crowd) {
                if (crowd.percent() > percent && which.test(scene)) {
                    return true;
                }
                percent = crowd.percent();
            }
        }
        return false;
    }

    private boolean resizes(int sign, Predicate<Scene> which) {
        return life.scenes().stream().filter(which).anyMatch(scene -> resizes(sign, scene));
    }

    private static boolean resizes(int sign, Scene scene) {
        return scene instanceof Scene.Resize resize && Integer.signum(resize.by()) == sign;
    }

    private boolean hasHands() {
        return life.scenes().stream().anyMatch(Entitlements::isHand);
    }

    private boolean handIsHeard(Span span) {
        return life.scenes().stream().anyMatch(scene -> isHand(scene) && span.hears(scene));
    }

    private static boolean isHand(Scene scene) {
        return scene instanceof Scene.Hand || scene instanceof AudienceHand;
    }

    private boolean has(Class<? extends Scene> kind) {
        return life.scenes().stream().anyMatch(kind::isInstance);
    }
}
