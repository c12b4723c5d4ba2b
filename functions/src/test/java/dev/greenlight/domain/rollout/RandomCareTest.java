package dev.greenlight.domain.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.FleetState;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.ShadowRoute;
import dev.greenlight.domain.traffic.Weights;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Looks after closed rollouts in worlds that make no sense. Whatever is seen, no fleet is shrunk that may have requests, no
 * call removes more than a slice, and nothing is forgotten while something of it still runs.
 */
class RandomCareTest {

    private static final int WALKS = 2_000;
    private static final int TURNS = 40;

    @Test
    void whatever_is_seen_no_fleet_that_may_have_requests_is_shrunk_and_nothing_is_forgotten() {
        Set<Class<?>> met = new HashSet<>();
        for (long seed = 1; seed <= WALKS; seed++) {
            Walk walk = new Walk(new Random(seed));
            for (int turn = 0; turn < TURNS && !walk.situation.rollout().settled(); turn++) {
                walk.shuffle();
                Care care = walk.situation.care();
                met.add(care.getClass());
                assertThatCode(() -> walk.assertWithinTheRules(care))
                        .as("seed %d, turn %d: %s", seed, turn, care)
                        .doesNotThrowAnyException();
                walk.follow(care);
            }
        }

        List<Class<?>> ofTwoThatRunTogether = new ArrayList<>(List.of(Care.class.getPermittedSubclasses()));
        ofTwoThatRunTogether.removeAll(List.of(
                Care.Restore.class,
                Care.RestoreAgain.class,
                Care.EndRestoration.class,
                Care.Close.class,
                Care.Open.class));
        assertThat(met).containsExactlyInAnyOrderElementsOf(ofTwoThatRunTogether);
    }

    private static final class Walk {

        private final Random random;
        private final Situation situation;

        Walk(Random random) {
            this.random = random;
            this.situation = switch (random.nextInt(5)) {
                case 0 -> Situation.firstRelease(Phase.PROMOTED);
                case 2 ->
                    Situation.firstRelease(Phase.SHIFTING)
                            .settledInto(rollout -> rollout.takeBack(Cause.BY_HAND, Situation.START, "not yet"));
                case 1 -> Situation.takenBackIn(random.nextBoolean() ? Phase.VERIFYING : Phase.VALIDATING);
                default -> Situation.release(Phase.PROMOTED);
            };
            situation.sized(FleetName.A, random.nextInt(40)).sized(FleetName.B, 1 + random.nextInt(40));
        }

        private boolean oneIn(int chances) {
            return random.nextInt(chances) == 0;
        }

        void shuffle() {
            Rollout rollout = situation.rollout();
            FleetName serves =
                    rollout.phase() == Phase.ROLLED_BACK ? rollout.green().other() : rollout.green();
            situation.rule(oneIn(6) ? anyRouting() : Routing.full(serves));
            situation.tags(
                    oneIn(30)
                            ? RuleTags.begin(Situation.ID, rollout.blue()).nowTakenBack(Cause.ALARM)
                            : RuleTags.begin(Situation.ID, rollout.blue()));
            if (rollout.phase() == Phase.ROLLED_BACK) {
                situation.shadow(oneIn(6) ? new ShadowRoute.To(rollout.green()) : new ShadowRoute.Closed());
            }
            situation.strayRequests(oneIn(5) ? random.nextInt(3) : 0);
            for (FleetName fleet : FleetName.values()) {
                int desired = situation.seen().fleet(fleet).scaling().desired();
                situation.running(fleet, oneIn(3) ? desired + random.nextInt(12) : desired);
                if (oneIn(5)) {
                    situation.targets(fleet, new Targets(random.nextInt(5), 0, random.nextInt(3), 0, 0));
                }
            }
            situation.after(Duration.ofSeconds(random.nextLong(oneIn(6) ? 20_000 : 120)));
        }

        private Optional<Duration> stickiness() {
            return oneIn(2) ? Optional.of(Duration.ofHours(1)) : Optional.empty();
        }

        private Routing anyRouting() {
            FleetName fleet = oneIn(2) ? FleetName.A : FleetName.B;
            return List.<Routing>of(
                            Routing.full(fleet),
                            new Routing.Weighted(Weights.share(fleet, random.nextInt(101)), stickiness()),
                            new Routing.Closed(),
                            new Routing.Audience(fleet),
                            new Routing.Foreign("redirect"))
                    .get(random.nextInt(5));
        }

        void assertWithinTheRules(Care care) {
            Routing live = situation.seen().route().routing();
            switch (care) {
                case Care.Scale scale -> assertMayScale(scale, live);
                case Care.FollowLoad follow ->
                    assertThat(follow.size())
                            .isPositive()
                            .isGreaterThanOrEqualTo(situation.rollout().sizing().blue() - Aftercare.SLICE);
                case Care.Undo undo -> {
                    FleetName blue = situation
                            .rollout()
                            .blue()
                            .orElse(situation.rollout().green());
                    Targets targets = situation.seen().fleet(blue).targets();
                    assertThat(undo.to()).isEqualTo(Routing.full(blue));
                    if (situation.rollout().blue().isEmpty()) {
                        assertThat(live).isEqualTo(new Routing.Audience(blue));
                        assertThat(targets.canTake(1)).isTrue();
                        return;
                    }
                    assertThat(targets.noWorseThan(
                                    situation.seen().fleet(blue.other()).targets()))
                            .isTrue();
                }
                case Care.Retire retire -> {
                    FleetName blue = situation.rollout().blue().orElseThrow();
                    assertThat(live.share(blue)).isZero();
                    assertThat(situation.seen().requests().orElseThrow().left()).isZero();
                }
                case Care.ForgetBlue forget -> assertThat(forget.tags().blue()).isEmpty();
                case Care.Settle settle -> {
                    assertThat(situation.seen().shadow().filter(copies -> !copies.isClosed()))
                            .isEmpty();
                    left().ifPresent(fleet -> {
                        assertThat(fleet.instances()).isEmpty();
                        assertThat(fleet.scaling().minimum()).isZero();
                        assertThat(live.share(fleet.name())).isZero();
                    });
                }
                case Care.TakenBack back -> {
                    if (situation.rollout().mayBeBlamed()) {
                        assertThat(back.cause().blamesRevision()).isTrue();
                        break;
                    }
                    FleetName blue = situation.rollout().blue().orElseThrow();
                    boolean stands = situation.seen().fleet(blue).targets().canTake(1);
                    RuleTags tags = situation.seen().route().tags();
                    boolean said = tags.takenBack(situation.rollout().id()).isPresent()
                            && tags.blue().isPresent();
                    assertThat(situation.rollout().phase())
                            .isIn(
                                    Phase.PROMOTED,
                                    stands && (live.isFull(blue) || said) ? Phase.RETIRED : Phase.PROMOTED);
                }
                case Care.Stay stay -> {
                    assertThat(situation.rollout().blue()).isEmpty();
                    assertThat(live.isFull(situation.rollout().green())).isTrue();
                }
                case Care.CloseShadow close ->
                    assertThat(situation.seen().shadow().orElseThrow().isClosed())
                            .isFalse();
                case Care.Restore again -> throw new AssertionError("there are two fleets: " + again);
                case Care.Close close -> throw new AssertionError("both fleets may run: " + close);
                case Care.Open open -> throw new AssertionError("both fleets may run: " + open);
                case Care.RestoreAgain again -> throw new AssertionError("there are two fleets: " + again);
                case Care.EndRestoration end -> throw new AssertionError("there are two fleets: " + end);
                case Care.Rest rest -> assertThat(rest.reason()).isNotBlank();
            }
        }

        private Optional<FleetState> left() {
            Rollout rollout = situation.rollout();
            Optional<FleetName> left =
                    rollout.phase() == Phase.ROLLED_BACK ? Optional.of(rollout.green()) : rollout.blue();
            return left.map(situation.seen()::fleet);
        }

        private void assertMayScale(Care.Scale scale, Routing live) {
            Scaling now = situation.seen().fleet(scale.fleet()).scaling();
            int lost = now.desired() - scale.plan().desired().orElse(now.desired());
            assertThat(lost).isLessThanOrEqualTo(Aftercare.SLICE);
            if (live.share(scale.fleet()) > 0) {
                assertThat(lost).isLessThanOrEqualTo(0);
            }
        }

        void follow(Care care) {
            situation.record(rollout -> switch (care) {
                case Care.TakenBack back ->
                    rollout.mayBeBlamed()
                            ? rollout.blamed()
                            : rollout.takeBack(back.cause(), situation.now(), back.reason());
                case Care.Retire retire -> rollout.retire(situation.now(), retire.reason());
                case Care.Stay stay -> rollout.stay(situation.now(), stay.reason());
                case Care.FollowLoad load -> rollout.keepBlueAt(load.size());
                case Care.Settle settle -> rollout.settle(situation.now());
                case Care.Scale scale -> {
                    apply(scale);
                    yield rollout;
                }
                case Care.ForgetBlue forget -> {
                    situation.tags(forget.tags());
                    yield rollout;
                }
                case Care.CloseShadow close -> rollout;
                case Care.Restore again -> rollout;
                case Care.Close close -> rollout;
                case Care.Open open -> rollout;
                case Care.RestoreAgain again -> rollout.restoreAgain(again.next(), situation.now(), again.reason());
                case Care.EndRestoration end -> rollout.endRestoration(end.restored(), situation.now(), end.reason());
                case Care.Undo undo -> rollout;
                case Care.Rest rest -> rollout;
            });
        }

        private void apply(Care.Scale scale) {
            Scaling now = situation.seen().fleet(scale.fleet()).scaling();
            int desired = Math.clamp(
                    scale.plan().desired().orElse(now.desired()),
                    scale.plan().minimum(),
                    scale.plan().maximum());
            situation.scaling(
                    scale.fleet(),
                    new Scaling(
                            scale.plan().minimum(),
                            desired,
                            scale.plan().maximum(),
                            scale.plan().suspended()));
        }
    }
}
