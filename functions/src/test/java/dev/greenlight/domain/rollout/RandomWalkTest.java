package dev.greenlight.domain.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.check.Verdict;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.FleetState;
import dev.greenlight.domain.fleet.Instance;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.ShadowRoute;
import dev.greenlight.domain.traffic.Weights;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Walks rollouts through worlds that make no sense: rules that anyone writes, targets that come and go, checks that say
 * anything, calls that come late or die before their write. Whatever is seen, the decisions stay within the rules, and every
 * rollout ends. A walk that fails is told with its
 * luck and its seed.
 */
class RandomWalkTest {

    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(40);

    /** What may still be decided after a phase's deadline: its end, or a step forward that cannot be repeated for ever. */
    private static final Set<Class<? extends Decision>> AFTER_THE_DEADLINE = Set.of(
            Decision.TakeBack.class,
            Decision.Keep.class,
            Decision.Promote.class,
            Decision.Advance.class,
            Decision.Installed.class,
            Decision.Install.class,
            Decision.Shift.class,
            Decision.StepSeen.class,
            Decision.Shadowed.class);

    @ParameterizedTest(name = "luck {0}")
    @ValueSource(ints = {1, 2, 4, 8, 16, 32})
    void whatever_is_seen_the_rules_hold_and_the_rollout_ends(int luck) {
        for (long seed = 1; seed <= 250; seed++) {
            walk(luck, seed, new HashSet<>());
        }
    }

    @Test
    void the_walks_meet_every_decision() {
        Set<Class<?>> met = new HashSet<>();
        for (long seed = 1; seed <= 1_000; seed++) {
            walk(8, seed, met);
        }

        Set<Class<?>> all = new HashSet<>(List.of(Decision.class.getPermittedSubclasses()));
        // There are two fleets in these walks, and both may run.
        all.removeAll(List.of(
                Decision.Close.class, Decision.Recreated.class, Decision.Rolled.class, Decision.StopInstalling.class));
        assertThat(met).isEqualTo(all);
    }

    private static void walk(int luck, long seed, Set<Class<?>> met) {
        Walk walk = new Walk(new Random(seed), luck);
        Instant limit = Situation.START.plus(Situation.PACE.approval()).plus(Duration.ofHours(6));

        while (walk.situation.rollout().isOpen()) {
            walk.shuffle();
            Decision decision = walk.situation.decision();
            met.add(decision.getClass());
            assertThatCode(() -> walk.assertWithinTheRules(decision))
                    .as("luck %d, seed %d: %s", luck, seed, decision)
                    .doesNotThrowAnyException();
            walk.follow(decision);
            assertThat(walk.situation.now()).as("luck %d, seed %d", luck, seed).isBefore(limit);
        }
        assertThat(walk.situation.rollout().phase()).isIn(Phase.PROMOTED, Phase.ROLLED_BACK);
    }

    private static final class Walk {

        private final Random random;
        private final int luck;
        private final Situation situation;
        private ShadowRoute shadow = new ShadowRoute.Closed();

        Walk(Random random, int luck) {
            this.random = random;
            this.luck = luck;
            this.situation = random.nextInt(4) == 0
                    ? Situation.firstRelease(Phase.PREPARING)
                    : Situation.release(Phase.PREPARING);
            if (situation.rollout().blue().isPresent() && oneIn(2)) {
                situation.record(rollout -> rollout.shadowed(Shadow.of(Duration.ofMinutes(20))));
            }
        }

        private boolean oneIn(int chances) {
            return random.nextInt(chances) == 0;
        }

        private boolean unlucky(int chances) {
            return oneIn(chances * luck);
        }

        /** Mostly the world that the record asks for, always with something wrong in it. */
        void shuffle() {
            situation.allAsItShouldBe();
            if (unlucky(3)) {
                situation.rule(anyRouting());
            }
            if (unlucky(3)) {
                situation.tags(oneIn(2) ? RuleTags.NONE : takenBack());
            }
            for (FleetName fleet : FleetName.values()) {
                shuffle(fleet);
            }
            if (unlucky(2)) {
                anyLaunching();
            }
            if (situation.rollout().shadow().isPresent()) {
                situation.shadow(unlucky(3) ? anyShadow() : shadow);
            }
            situation.installation(anyInstallation());
            situation.verdicts(anyVerdict(), anyVerdict());
            situation.after(Duration.ofSeconds(unlucky(3) ? random.nextLong(LONGEST_SILENCE.toSeconds()) : 12));
        }

        private void shuffle(FleetName fleet) {
            if (unlucky(2)) {
                situation.running(fleet, random.nextInt(7));
            }
            if (unlucky(1)) {
                situation.targets(
                        fleet,
                        new Targets(random.nextInt(6), random.nextInt(3), random.nextInt(2), 0, random.nextInt(2)));
            }
            if (unlucky(4)) {
                situation.scaling(fleet, oneIn(2) ? Situation.SERVING : Situation.ASLEEP);
            }
        }

        private Optional<Duration> stickiness() {
            return oneIn(2) ? Optional.of(Duration.ofHours(1)) : Optional.empty();
        }

        private Routing anyRouting() {
            FleetName fleet = oneIn(2) ? FleetName.A : FleetName.B;
            return List.<Routing>of(
                            Routing.full(fleet),
                            new Routing.Weighted(Weights.full(fleet), Optional.of(Duration.ofHours(1))),
                            new Routing.Weighted(Weights.share(fleet, random.nextInt(101)), stickiness()),
                            new Routing.Closed(),
                            new Routing.Foreign("redirect"))
                    .get(random.nextInt(5));
        }

        private ShadowRoute anyShadow() {
            return List.of(
                            new ShadowRoute.Closed(),
                            new ShadowRoute.To(FleetName.A),
                            new ShadowRoute.To(FleetName.B),
                            new ShadowRoute.Foreign("redirect"))
                    .get(random.nextInt(4));
        }

        private RuleTags takenBack() {
            Cause cause = Cause.values()[random.nextInt(Cause.values().length)];
            RolloutId id = oneIn(2) ? Situation.ID : new RolloutId("another");
            return RuleTags.begin(id, Optional.of(FleetName.A)).nowTakenBack(cause);
        }

        private Installation anyInstallation() {
            if (situation.rollout().progress().deployment().isEmpty()) {
                return new Installation.NotStarted();
            }
            if (unlucky(3)) {
                return oneIn(2) ? new Installation.Failed("exit 1", oneIn(2)) : new Installation.Running("d-1");
            }
            return new Installation.Succeeded(situation.seen().fleet(green()).inServiceIds().stream()
                    .filter(id -> !unlucky(6))
                    .collect(Collectors.toSet()));
        }

        private void anyLaunching() {
            LaunchSource.Template from = new LaunchSource.Template("lt-1", "1");
            LaunchSource.Template newest = oneIn(2) ? from : new LaunchSource.Template("lt-1", "2");
            String[] outdated = seenGreen().instances().stream()
                    .map(Instance::id)
                    .filter(id -> oneIn(2))
                    .toArray(String[]::new);
            situation.launching(from, Optional.of(newest), outdated);
        }

        private Verdict anyVerdict() {
            if (!unlucky(3)) {
                return Verdict.pass("check", "good");
            }
            return oneIn(4) ? Verdict.fail("check", "bad") : Verdict.inconclusive("check", "no data");
        }

        private FleetName green() {
            return situation.rollout().green();
        }

        private FleetState seenGreen() {
            return situation.seen().fleet(green());
        }

        void assertWithinTheRules(Decision decision) {
            if (!situation.now().isBefore(situation.deadline())) {
                assertThat(decision.getClass()).isIn(AFTER_THE_DEADLINE);
            }
            switch (decision) {
                case Decision.Shift shift -> assertMayShift(shift);
                case Decision.TakeBack back -> back.write().ifPresent(this::assertMayGoBack);
                case Decision.Keep keep ->
                    assertThat(situation.rollout().trafficMoved()).isTrue();
                case Decision.Promote promote -> {
                    assertThat(situation.rollout().phase()).isEqualTo(Phase.VERIFYING);
                    assertThat(situation.seen().route().routing()).isEqualTo(Routing.full(green()));
                }
                case Decision.Hold hold -> assertThat(hold.until()).isAfter(situation.now());
                case Decision.Scale scale -> assertThat(scale.plan().minimum()).isPositive();
                case Decision.Leave leave -> assertMayLeave(leave);
                case Decision.LaunchFrom launch -> {
                    assertPhase(Phase.PREPARING);
                    assertThat(launch.fleet()).isEqualTo(green());
                }
                case Decision.Steady steady -> assertPhase(Phase.VALIDATING);
                case Decision.Install install -> assertPhase(Phase.INSTALLING);
                case Decision.Installed installed -> assertPhase(Phase.INSTALLING);
                case Decision.GrowGreen grow -> assertPhase(Phase.SHIFTING);
                case Decision.BeginShifting begin -> assertPhase(Phase.SHIFTING);
                case Decision.StepSeen step -> assertPhase(Phase.SHIFTING);
                case Decision.TagRule tag -> assertThat(tag.tags().takenBack()).isEmpty();
                case Decision.OpenShadow open -> {
                    assertPhase(Phase.VALIDATING);
                    assertThat(open.fleet()).isEqualTo(green());
                    assertThat(situation.seen().shadow()).hasValue(new ShadowRoute.Closed());
                }
                case Decision.Close close -> throw new AssertionError("both fleets may run: " + close);
                case Decision.Recreated places -> throw new AssertionError("both fleets may run: " + places);
                case Decision.CloseShadow close -> assertPhase(Phase.VALIDATING);
                case Decision.Shadowed shadowed -> assertPhase(Phase.VALIDATING);
                case Decision.Rolled rolled -> assertPhase(Phase.INSTALLING);
                case Decision.StopInstalling stop -> assertPhase(Phase.INSTALLING);
                case Decision.Advance advance -> assertMayAdvance();
            }
        }

        /** No user comes to a green that still gets copies, or was not watched for long enough on those it was to get. */
        private void assertMayAdvance() {
            assertThat(situation.rollout().phase()).isNotEqualTo(Phase.VERIFYING);
            Optional<Shadow> asked = situation.rollout().shadow();
            if (situation.rollout().phase() == Phase.VALIDATING && asked.isPresent()) {
                assertThat(situation.seen().shadow()).hasValue(new ShadowRoute.Closed());
                assertThat(asked.get().over()).isTrue();
                assertThat(asked.get().since().orElseThrow().plus(asked.get().watch()))
                        .isBeforeOrEqualTo(situation.now());
            }
        }

        private void assertPhase(Phase phase) {
            assertThat(situation.rollout().phase()).isEqualTo(phase);
        }

        private void assertMayShift(Decision.Shift shift) {
            Observation seen = situation.seen();
            Targets targets = seenGreen().targets();
            assertPhase(Phase.SHIFTING);
            assertThat(shift.to()).isEqualTo(Routing.full(green()));
            assertThat(targets.unhealthy()).isZero();
            assertThat(targets.healthy())
                    .isGreaterThanOrEqualTo(situation.rollout().sizing().green());
            assertThat(seen.route().routing()).isEqualTo(situation.rollout().expected());
            assertThat(seen.route().tags())
                    .isEqualTo(RuleTags.begin(Situation.ID, situation.rollout().blue()));
        }

        /** Only green, only while it is prepared, only to launch it anew, and never more than a slice. */
        private void assertMayLeave(Decision.Leave leave) {
            assertPhase(Phase.PREPARING);
            assertThat(leave.fleet()).isEqualTo(green());
            assertThat(situation.seen().launching().orElseThrow().outdated()).isNotEmpty();
            assertThat(seenGreen().scaling().desired() - leave.plan().desired().orElseThrow())
                    .isBetween(1, Aftercare.SLICE);
        }

        private void assertMayGoBack(Routing write) {
            FleetName blue = situation.rollout().blue().orElseThrow();
            Targets targets = situation.seen().fleet(blue).targets();
            boolean closed = situation.seen().route().routing() instanceof Routing.Closed;
            assertThat(write).isEqualTo(Routing.full(blue));
            assertThat(targets.healthy()).isPositive();
            assertThat(closed || targets.noWorseThan(seenGreen().targets())).isTrue();
        }

        /** What a call does, unless it dies first. */
        void follow(Decision decision) {
            if (unlucky(2)) {
                return;
            }
            Instant now = situation.now();
            if (decision instanceof Decision.OpenShadow open) {
                shadow = new ShadowRoute.To(open.fleet());
            } else if (decision instanceof Decision.CloseShadow) {
                shadow = new ShadowRoute.Closed();
            }
            situation.record(rollout -> switch (decision) {
                case Decision.Hold hold -> rollout.beat(now);
                case Decision.TagRule tag -> rollout;
                case Decision.Scale scale -> rollout;
                case Decision.LaunchFrom launch -> rollout;
                case Decision.Leave leave -> rollout.beat(now);
                case Decision.Steady steady -> rollout.read(steady.reads(), now);
                case Decision.Install install -> rollout.installingBy("d-1", now);
                case Decision.Installed installed -> rollout.installed(now, "done");
                case Decision.GrowGreen grow -> rollout.growGreen(grow.size(), now);
                case Decision.BeginShifting begin -> rollout.shiftingAskedAt(now);
                case Decision.Shift shift -> rollout.stepSeen(shift.step(), now, "read back");
                case Decision.StepSeen step -> rollout.stepSeen(step.step(), now, "seen");
                case Decision.OpenShadow open -> rollout.beat(now);
                case Decision.Close close -> rollout;
                case Decision.Recreated places -> rollout;
                case Decision.CloseShadow close -> rollout.beat(now);
                case Decision.Shadowed shadowed -> rollout.shadowed(shadowed.next());
                case Decision.Rolled rolled -> rollout.rolled(rolled.next());
                case Decision.StopInstalling stop -> rollout.beat(now);
                case Decision.Advance advance -> rollout.advance(now, "done");
                case Decision.Promote promote -> rollout.promote(Optional.empty(), now, "well");
                case Decision.TakeBack back -> rollout.takeBack(back.cause(), now, "bad");
                case Decision.Keep keep -> rollout.keep(keep.cause(), Optional.empty(), now, "bad, and kept");
            });
        }
    }
}
