package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.simulate.RulesWatch;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.sandbox.world.Behaviour;
import dev.greenlight.sandbox.world.Capacity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The watch itself is watched: for each rule, a Greenlight that breaks it is told on. */
class RulesWatchStories {

    /** When a broken Greenlight does its one wrong thing. */
    private enum Moment {
        INSTALLING,
        SHIFTING,
        VERIFYING,
        PROMOTED,
        ROLLED_BACK
    }

    /** What it does, and what the watch has to say of it. */
    enum Breach {
        SHIFTS_TO_WHAT_IS_NOT_INSTALLED(
                Moment.INSTALLING, f -> f.handWrites(0, 100), "rule 1: traffic on what cannot serve it"),
        SHIFTS_TO_WHAT_FELL_SICK(Moment.SHIFTING, RulesWatchStories::shiftsToSick, "rule 1: traffic on what cannot"),
        SHIFTS_ANOTHER_REVISION(Moment.SHIFTING, RulesWatchStories::shiftsOther, "rule 1: traffic of v2 on [v0]"),
        SHIFTS_OVER_A_HANDS_EDIT(Moment.SHIFTING, RulesWatchStories::shiftsOverHand, "rule 1: the weights were not"),
        SHIFTS_BEFORE_BLUE_IS_PINNED(Moment.SHIFTING, RulesWatchStories::shiftsUnpinned, "rule 2: traffic left blue"),
        SHRINKS_BLUE_UNDER_USERS(
                Moment.INSTALLING, f -> resize(f, "greenlight-festival-a", 1), "rule 2: shrunk while requests"),
        SHRINKS_BLUE_WHILE_IT_DRAINS(
                Moment.VERIFYING, f -> resize(f, "greenlight-festival-a", 1), "rule 2: shrunk while"),
        SHRINKS_BLUE_BEFORE_PROMOTION(Moment.VERIFYING, RulesWatchStories::shrinksLater, "rule 2: blue was shrunk"),
        SHRINKS_A_WARM_BLUE(Moment.PROMOTED, f -> resize(f, "greenlight-festival-a", 1), "rule 2: blue was shrunk"),
        DEPLOYS_UNDER_USERS(Moment.PROMOTED, RulesWatchStories::deploysUnderUsers, "rule 2: deployed to a fleet"),
        GOES_BACK_HALF_WAY(Moment.PROMOTED, f -> f.handWrites(50, 50), "rule 3: one write does not take it all"),
        GOES_BACK_TO_A_WORSE_FLEET(
                Moment.PROMOTED, RulesWatchStories::goesBackToWorse, "rule 3: taken back to a worse"),
        SHIFTS_AGAIN_AFTER_A_ROLLBACK(Moment.ROLLED_BACK, f -> f.handWrites(0, 100), "rule 5: traffic moved by"),
        LOSES_ITS_LOCK(Moment.INSTALLING, RulesWatchStories::losesLock, "rule 5: an open rollout without the lock"),
        RISES_FROM_THE_DEAD(Moment.PROMOTED, RulesWatchStories::risesFromTheDead, "rule 5: rollout"),
        SETTLES_WITH_PROCESSES_SUSPENDED(Moment.PROMOTED, RulesWatchStories::settlesEarly, "rule 7: processes stay"),
        SETTLES_WITH_A_FLEET_RUNNING(Moment.PROMOTED, RulesWatchStories::settlesEarly, "rule 7: a fleet without users"),
        CALLS_WITHOUT_END(Moment.PROMOTED, RulesWatchStories::callsWithoutEnd, "rule 11: one call made 150 calls");

        private final Moment moment;
        private final Consumer<Festival> deed;
        private final String told;

        Breach(Moment moment, Consumer<Festival> deed, String told) {
            this.moment = moment;
            this.deed = deed;
            this.told = told;
        }
    }

    @ParameterizedTest
    @EnumSource(Breach.class)
    void a_greenlight_that_breaks_a_rule_is_told_on(Breach breach) {
        try (Festival festival = Festival.serving(2)) {
            RulesWatch watch = festival.watch();
            festival.visitors(20);
            String execution = festival.merge("v2", Behaviour.good());
            until(festival, execution, breach.moment);
            assertThat(watch.rulings().broken()).isEmpty();
            byAHook(festival, breach.deed);
            assertThat(watch.rulings().broken())
                    .anyMatch(told -> told.toString().startsWith(breach.told));
        }
    }

    @Test
    void a_greenlight_that_removes_more_than_its_slice_in_one_call_is_told_on() {
        try (Festival festival = Festival.serving(new Capacity(2, 12, 20), Map.of())) {
            RulesWatch watch = festival.watch();
            festival.visitors(20);
            festival.passUntilPipelineEnds(festival.merge("v2", Behaviour.good()));
            byAHook(festival, f -> resize(f, "greenlight-festival-a", 1));
            assertThat(watch.rulings().broken())
                    .anyMatch(told -> told.toString().startsWith("rule 11: 11 instances removed"));
        }
    }

    /** Its requests had gone with the instances that they were on. */
    @Test
    void what_came_up_after_the_users_had_left_has_nothing_to_drain() {
        try (Festival festival = Festival.serving(2)) {
            RulesWatch watch = festival.watch();
            festival.visitors(20);
            until(festival, festival.merge("v2", Behaviour.good()), Moment.VERIFYING);
            festival.group("A")
                    .instances()
                    .forEach(one -> festival.sandbox.world().kill(one.id()));
            festival.pass(Duration.ofMinutes(3));
            assertThat(festival.group("A").instances()).isNotEmpty();
            byAHook(festival, f -> resize(f, "greenlight-festival-a", 1));
            assertThat(watch.rulings().broken())
                    .anyMatch(told -> told.toString().startsWith("rule 2: blue was shrunk"))
                    .noneMatch(told -> told.toString().startsWith("rule 2: shrunk while requests"));
        }
    }

    @Test
    void a_greenlight_that_moves_traffic_over_a_hands_edit_is_told_on() {
        try (Festival festival = Festival.serving(2)) {
            RulesWatch watch = festival.watch();
            festival.visitors(20);
            until(festival, festival.merge("v2", Behaviour.good()), Moment.SHIFTING);
            festival.handWrites(90, 10);
            assertThat(watch.rulings().broken()).isEmpty();
            byAHook(festival, f -> f.handWrites(0, 100));
            assertThat(watch.rulings().broken())
                    .anyMatch(told -> told.toString().startsWith("rule 10: traffic moved over"));
        }
    }

    @Test
    void what_a_hand_does_breaks_no_rule_of_greenlights() {
        try (Festival festival = Festival.serving(2)) {
            RulesWatch watch = festival.watch();
            festival.handWrites(0, 100);
            resize(festival, "greenlight-festival-a", 1);
            assertThat(watch.rulings().broken()).isEmpty();
        }
    }

    /** A broken reading, not a broken hand: what Greenlight sees of the targets is ten minutes old. */
    @Test
    void a_greenlight_that_believes_old_news_of_its_targets_is_told_on() {
        try (Festival festival = Festival.serving(2, Map.of("GREENLIGHT_CHECKS_BEFORE", "capacity"))) {
            RulesWatch watch = festival.watch();
            festival.visitors(20);
            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntil(execution, Phase.VALIDATING);
            festival.pass(Duration.ofSeconds(40));
            festival.sandbox.faults().staleReads("DescribeTargetHealth", Duration.ofSeconds(45));
            festival.plane.behaviour("v2", Behaviour.sick());
            festival.pass(Duration.ofMinutes(2));
            assertThat(watch.rulings().broken())
                    .as(festival.story())
                    .anyMatch(told -> told.toString().startsWith("rule 1"));
        }
    }

    /** A hand's edits are the hand's: what is judged is what a hook does. */
    private static void byAHook(Festival festival, Consumer<Festival> deed) {
        festival.sandbox.faults().invocationStarted("a broken hook");
        try {
            deed.accept(festival);
        } finally {
            festival.sandbox.faults().invocationEnded();
        }
    }

    private static void until(Festival festival, String execution, Moment moment) {
        switch (moment) {
            case INSTALLING -> festival.passUntil(execution, Phase.INSTALLING);
            case SHIFTING -> {
                // The hook that shifts is held up: the wrong thing is done in its place.
                festival.sandbox
                        .lambda()
                        .deliveries()
                        .plan(d -> List.of(
                                d.to().endsWith("-allow-traffic") && !d.to().contains("before")
                                        ? Duration.ofHours(1)
                                        : Duration.ZERO));
                festival.passUntil(execution, Phase.SHIFTING);
                festival.pass(Duration.ofSeconds(30));
            }
            case VERIFYING -> festival.passUntil(execution, Phase.VERIFYING);
            case PROMOTED -> {
                festival.passUntil(execution, Phase.PROMOTED);
                festival.pass(Duration.ofMinutes(2));
            }
            case ROLLED_BACK -> {
                festival.passUntil(execution, Phase.PROMOTED);
                festival.rollBack();
            }
        }
    }

    private static void resize(Festival festival, String group, int size) {
        festival.sandbox
                .autoScaling()
                .updateAutoScalingGroup(r ->
                        r.autoScalingGroupName(group).minSize(Math.min(size, 1)).desiredCapacity(size));
    }

    private static void shiftsToSick(Festival festival) {
        festival.plane.behaviour("v2", Behaviour.sick());
        festival.pass(Duration.ofSeconds(40));
        festival.handWrites(0, 100);
    }

    private static void shiftsOther(Festival festival) {
        festival.sandbox.world().instances("greenlight-festival-b").forEach(instance -> instance.revision("v0"));
        festival.handWrites(0, 100);
    }

    private static void shiftsOverHand(Festival festival) {
        festival.handWrites(90, 10);
        festival.handWrites(0, 100);
    }

    private static void shiftsUnpinned(Festival festival) {
        festival.sandbox
                .autoScaling()
                .updateAutoScalingGroup(
                        r -> r.autoScalingGroupName("greenlight-festival-a").minSize(0));
        festival.handWrites(0, 100);
    }

    private static void shrinksLater(Festival festival) {
        festival.pass(Duration.ofSeconds(90));
        resize(festival, "greenlight-festival-a", 1);
    }

    private static void deploysUnderUsers(Festival festival) {
        festival.sandbox
                .codeDeploy()
                .createDeployment(r -> r.applicationName("greenlight-festival")
                        .deploymentGroupName("greenlight-festival-b")
                        .revision(festival.sandbox
                                .codeDeploy()
                                .getDeploymentGroup(g -> g.applicationName("greenlight-festival")
                                        .deploymentGroupName("greenlight-festival-b"))
                                .deploymentGroupInfo()
                                .targetRevision()));
    }

    private static void goesBackToWorse(Festival festival) {
        festival.plane.behaviour("v1", Behaviour.sick());
        festival.pass(Duration.ofSeconds(40));
        festival.handWrites(100, 0);
    }

    private static void losesLock(Festival festival) {
        festival.store.commit(festival.store.ledger().release(), List.of());
        anyWrite(festival);
    }

    private static void risesFromTheDead(Festival festival) {
        Rollout rollout = latest(festival);
        anyWrite(festival);
        Rollout open = Rollout.begin(
                rollout.id(),
                rollout.fence(),
                rollout.revision(),
                rollout.roles(),
                rollout.sizing(),
                rollout.steps(),
                festival.clock.instant());
        festival.store.commit(new Rollout(
                open.id(),
                rollout.version(),
                open.fence(),
                open.revision(),
                open.roles(),
                open.sizing(),
                open.launches(),
                open.steps(),
                open.shadow(),
                open.recreation(),
                open.rolling(),
                open.progress(),
                open.ending(),
                false,
                open.history()));
        anyWrite(festival);
    }

    private static void settlesEarly(Festival festival) {
        festival.store.commit(latest(festival).settle(festival.clock.instant()));
        anyWrite(festival);
    }

    private static Rollout latest(Festival festival) {
        return festival.store.ledger().latest().flatMap(festival.store::rollout).orElseThrow();
    }

    /** The watch looks after each write that goes through a client. */
    private static void anyWrite(Festival festival) {
        festival.sandbox
                .autoScaling()
                .resumeProcesses(
                        r -> r.autoScalingGroupName("greenlight-festival-b").scalingProcesses("InstanceRefresh"));
    }

    private static void callsWithoutEnd(Festival festival) {
        festival.sandbox.faults().invocationStarted("a loop");
        IntStream.rangeClosed(1, RulesWatch.CALLS)
                .forEach(i -> festival.sandbox.autoScaling().describeAutoScalingGroups());
        festival.sandbox.faults().invocationEnded();
    }
}
