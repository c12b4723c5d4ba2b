package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.installed.Functions;
import dev.greenlight.cli.simulate.RulesWatch;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.sandbox.FleetPlan;
import dev.greenlight.sandbox.Setup;
import dev.greenlight.sandbox.fault.Call;
import dev.greenlight.sandbox.world.Behaviour;
import dev.greenlight.sandbox.world.Capacity;
import dev.greenlight.sandbox.world.ModelledDataPlane.Tally;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A rollout from merge to its last trace, told while something goes wrong: what the platform and people do is in it, and what must
 * be true at its end whatever went wrong.
 */
enum Trial {
    /** A good release, promoted, its blue retired. */
    GOOD,
    /** Fails its smoke tests. */
    REJECTED,
    /** Passes them, and fails under traffic. */
    REGRESSED,
    /** Promoted, and taken back by a person afterwards; what goes wrong goes wrong from that call on. */
    BY_HAND,
    /** The service's first release: nothing is blue. */
    FIRST;

    /** Short waits: what is waited for differs, not how long. */
    private static final Map<String, String> TERMS =
            Map.of("GREENLIGHT_BAKE", "PT3M", "GREENLIGHT_BLUE_LIFETIME", "PT4M");

    /** How much longer than in an undisturbed story the end may be away. */
    private static final Duration PATIENCE = Duration.ofHours(4);

    private static final Capacity SERVING = new Capacity(2, 2, 24);
    private static final Capacity ASLEEP = new Capacity(0, 0, 24);

    /** What a mishap gets to know and to break. */
    interface Mishap extends Consumer<Festival> {

        Mishap NONE = festival -> {};
    }

    /** The calls to AWS that an undisturbed play makes from the moment on at which mishaps begin. */
    List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        int[] before = {0};
        played(
                UnaryOperator.identity(),
                festival -> before[0] = festival.sandbox.calls().size(),
                festival -> calls.addAll(festival.sandbox.calls().all()));
        return calls.subList(before[0], calls.size());
    }

    /** Plays it with the mishap and checks its end. */
    void play(Mishap mishap) {
        played(UnaryOperator.identity(), mishap, this::check);
    }

    /** Plays it on another platform with the mishap and checks its end. */
    void playOn(UnaryOperator<Setup> platform, Mishap mishap) {
        played(platform, mishap, this::check);
    }

    private void played(UnaryOperator<Setup> platform, Mishap mishap, Consumer<Festival> end) {
        FleetPlan opening = this == FIRST ? FleetPlan.empty() : Festival.serving("v1", 2);
        try (Festival festival = Festival.on(opening, TERMS, platform)) {
            RulesWatch watch = festival.watch();
            festival.visitors(20);
            String execution = festival.merge("v2", behaviour());
            if (this == BY_HAND) {
                festival.passUntilPipelineEnds(execution);
                festival.pass(Duration.ofMinutes(1));
            }
            mishap.accept(festival);
            if (this == BY_HAND) {
                rollBackUntilAnswered(festival);
            }
            passUntilOver(festival, execution);
            end.accept(festival);
            assertThat(watch.rulings().broken()).as(festival.story()).isEmpty();
        }
    }

    private Behaviour behaviour() {
        return switch (this) {
            case GOOD, BY_HAND, FIRST -> Behaviour.good();
            case REJECTED -> Behaviour.failing(1);
            case REGRESSED -> Behaviour.failing(0.03);
        };
    }

    /** A person who gets no answer asks again a little later. */
    private static void rollBackUntilAnswered(Festival festival) {
        String function = festival.service.name(Functions.ROLL_BACK);
        byte[] call = "{\"reason\":\"asked for at the bar\"}".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20; i++) {
            var invocation = festival.sandbox.lambda().invoke(function, call);
            if (invocation.succeeded() && invocation.text().contains("\"done\"")) {
                return;
            }
            festival.pass(Duration.ofSeconds(30));
        }
        throw new AssertionError("a person's rollback is not answered\n" + festival.story());
    }

    /** Over: the pipeline has ended, the lock is free, nothing is left to care for. */
    private void passUntilOver(Festival festival, String execution) {
        Instant patience = festival.clock.instant().plus(PATIENCE);
        while (!over(festival, execution)) {
            if (festival.clock.instant().isAfter(patience)) {
                throw new AssertionError("%s is not over after %s: %s%n%s"
                        .formatted(this, PATIENCE, festival.store.ledger(), festival.story()));
            }
            festival.pass(Duration.ofSeconds(10));
        }
        festival.pass(Duration.ofMinutes(3));
    }

    private static boolean over(Festival festival, String execution) {
        var ledger = festival.store.ledger();
        return festival.service.execution(execution).ended().isPresent()
                && ledger.holder().isEmpty()
                && ledger.latest()
                        .flatMap(festival.store::rollout)
                        .filter(Rollout::settled)
                        .isPresent();
    }

    private void check(Festival festival) {
        Rollout rollout = festival.store
                .ledger()
                .latest()
                .flatMap(festival.store::rollout)
                .orElseThrow();
        String execution = rollout.id().value();
        String story = festival.story();
        boolean green = this == GOOD || this == FIRST;
        FleetName serving = this == GOOD ? FleetName.B : FleetName.A;
        assertThat(rollout.phase())
                .as(story)
                .isEqualTo(this == GOOD ? Phase.RETIRED : this == FIRST ? Phase.PROMOTED : Phase.ROLLED_BACK);
        assertThat(festival.succeeded(execution)).as(story).isEqualTo(green || this == BY_HAND);
        assertThat(festival.weights())
                .as(story)
                .isEqualTo(Map.of(serving.name(), 100, serving.other().name(), 0));
        checkFleets(festival, serving, story);
        checkRequests(festival, story);
        assertThat(festival.appointments()).as(story).isEmpty();
        checkEnding(festival, rollout, story);
    }

    private void checkFleets(Festival festival, FleetName serving, String story) {
        String on = serving.name();
        String off = serving.other().name();
        assertThat(festival.capacity(on)).as(story).isEqualTo(this == FIRST ? new Capacity(1, 4, 24) : SERVING);
        assertThat(festival.capacity(off)).as(story).isEqualTo(ASLEEP);
        assertThat(festival.instances(on)).as(story).isEqualTo(this == FIRST ? 4 : 2);
        assertThat(festival.instances(off)).as(story).isZero();
        assertThat(festival.suspended(on)).as(story).isEmpty();
        assertThat(festival.suspended(off)).as(story).isEmpty();
    }

    private void checkRequests(Festival festival, String story) {
        assertThat(festival.tally("v1").failed()).as(story).isZero();
        if (this != FIRST) {
            assertThat(festival.tally(Tally.BALANCER).failed()).as(story).isZero();
        }
        if (this == REJECTED) {
            assertThat(festival.users("v2")).as(story).isZero();
        } else if (this == REGRESSED) {
            assertThat(festival.users("v2")).as(story).isPositive();
        } else {
            assertThat(festival.tally("v2").failed()).as(story).isZero();
        }
    }

    private void checkEnding(Festival festival, Rollout rollout, String story) {
        List<Cause> causes = switch (this) {
            case GOOD, FIRST -> List.of();
            case REJECTED, REGRESSED -> List.of(Cause.CHECK_FAILED);
            // A sweep may see the weights before it hears of the person; the quarantine is the person's all the same.
            case BY_HAND -> List.of(Cause.BY_HAND, Cause.SEEN_ON_RULE);
        };
        assertThat(rollout.ending().isPresent()).as(story).isEqualTo(!causes.isEmpty());
        rollout.ending()
                .ifPresent(ending -> assertThat(ending.cause()).as(story).isIn(causes));
        boolean quarantined =
                festival.store.quarantine(rollout.revision().digest()).isPresent();
        assertThat(quarantined)
                .as("quarantine%n%s", story)
                .isEqualTo(!List.of(GOOD, FIRST).contains(this));
    }
}
