package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.check.AlarmState;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Token;
import dev.greenlight.domain.rollout.Aftercare;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Event;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.RuleTags;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.Weights;
import dev.greenlight.port.Journal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A release that begins while another one holds the lock, is warm, or left something behind. */
class NewcomerTest {

    private static final Routing ON_A = Routing.full(FleetName.A);
    private static final Routing ON_B = Routing.full(FleetName.B);

    private final World world = World.serving();
    private final Pipeline holder = new Pipeline(world, "holder");
    private final Pipeline newcomer = new Pipeline(world, "newcomer");

    @Test
    void is_refused_while_another_rollout_holds_the_lock() {
        holder.runUntil(Phase.VALIDATING);

        assertFailed(newcomer.release(), Answer.Failure.ROLLOUT, "rollout holder is in flight");
        assertThat(world.store.rollout(newcomer.id())).isEmpty();
    }

    @Test
    void that_was_refused_leaves_the_holder_alone_when_its_stage_ends() {
        holder.runUntil(Phase.VERIFYING);
        newcomer.release();

        Answer answer = new RollBack(world, World.terms(), world).stageEnded(newcomer.id(), "stage failed");

        assertThat(answer).isInstanceOf(Answer.Ignored.class);
        assertThat(holder.rollout().phase()).isEqualTo(Phase.VERIFYING);
        assertThat(world.router.live()).isEqualTo(ON_B);
    }

    @Test
    void is_refused_when_its_content_is_quarantined_until_a_person_releases_it() {
        world.smokeAnswers(500);
        holder.release();
        world.smokeAnswers(200);
        world.after(Situation.DRAIN);
        RolloutId again = new RolloutId("again");
        PrepareGreen prepare = new PrepareGreen(world, World.terms(), world);
        Token token = new Token(again, world.instant());

        assertFailed(prepare.prepare(again, holder.revision(), token), Answer.Failure.ROLLOUT, "is quarantined since");
        world.store.release(holder.revision().digest());
        assertThat(prepare.prepare(again, holder.revision(), token)).isInstanceOf(Answer.Done.class);
    }

    /** Somebody blames a release that had failed for another reason, while the same comes again: between any two calls that begin it. */
    @ParameterizedTest
    @EnumSource
    void is_refused_when_its_content_is_blamed_while_it_begins(EventfulPorts.Moment moment) {
        int blamed = 0;
        for (int call = 1; call < 20; call++) {
            World service = World.serving();
            Pipeline first = new Pipeline(service, "first");
            first.runUntil(Phase.VALIDATING);
            RollBack rollBack = new RollBack(service, World.terms(), service);
            rollBack.byHand(Optional.empty(), "not now", false);
            settle(service);
            List<Answer> said = new ArrayList<>();
            EventfulPorts ports = new EventfulPorts(
                    service,
                    new EventfulPorts.Event(
                            call,
                            moment,
                            () -> said.add(rollBack.byHand(Optional.of(first.id()), "customers complain", true))));
            RolloutId again = new RolloutId("again");
            Token token = new Token(again, service.instant());
            new PrepareGreen(ports, World.terms(), service).prepare(again, first.revision(), token);
            if (said.stream().anyMatch(Answer.Done.class::isInstance)) {
                blamed++;
                assertThat(service.store.rollout(again))
                        .as("%s %s", moment, ports.happened())
                        .isEmpty();
                assertFailed(
                        new PrepareGreen(service, World.terms(), service).prepare(again, first.revision(), token),
                        Answer.Failure.ROLLOUT,
                        "is quarantined since");
            }
        }
        assertThat(blamed).isGreaterThan(6);
    }

    private static void settle(World service) {
        service.after(Aftercare.AT_WORK);
        for (int i = 0; i < 3; i++) {
            new Sweep(service, World.terms(), service).tick();
        }
    }

    /** Who blamed it died before the store heard of it: PrepareGreen itself reads it on the rule, and is the first to say so. */
    @Test
    void is_refused_when_the_rule_alone_says_that_its_content_was_blamed() {
        holder.runUntil(Phase.VALIDATING);
        new RollBack(world, World.terms(), world).byHand(Optional.empty(), "not now", false);
        world.router.tag(RuleTags.begin(holder.id(), holder.rollout().blue()).nowTakenBack(Cause.BY_HAND));
        RolloutId again = new RolloutId("again");
        PrepareGreen prepare = new PrepareGreen(world, World.terms(), world);
        Token token = new Token(again, world.instant());

        assertThat(prepare.prepare(again, holder.revision(), token).message()).contains("begun, ended or blamed");
        assertThat(world.store.rollout(again)).isEmpty();
        assertFailed(prepare.prepare(again, holder.revision(), token), Answer.Failure.ROLLOUT, "is quarantined since");
    }

    @Test
    void is_refused_while_blue_is_warm_where_the_settings_say_so() {
        holder.release();
        Pipeline patient = new Pipeline(world, world, World.terms(false), "patient");

        assertFailed(patient.release(), Answer.Failure.ROLLOUT, "is kept warm until");
    }

    /** The bake is as long as the drain here: when green is promoted, the last request on blue has long ended. */
    @Test
    void that_comes_after_the_bake_does_not_wait_for_a_drain_that_is_over() {
        holder.runUntil(Phase.VERIFYING);
        world.after(Situation.DRAIN);
        holder.through(Phase.VERIFYING);

        assertThat(holder.rollout().phase()).isEqualTo(Phase.PROMOTED);
        assertThat(newcomer.call(Phase.PREPARING)).isInstanceOf(Answer.Done.class);
    }

    @Test
    void waits_until_users_have_left_blue_whom_a_hand_gave_it_during_the_bake() {
        holder.runUntil(Phase.VERIFYING);
        world.after(Situation.DRAIN);
        world.router.become(new Routing.Weighted(new Weights(10, 90)));
        holder.call(Phase.VERIFYING);
        world.router.become(ON_B);
        holder.through(Phase.VERIFYING);

        assertThat(holder.rollout().phase()).isEqualTo(Phase.PROMOTED);
        assertThat(newcomer.call(Phase.PREPARING).message()).contains("requests on fleet A may run until");
    }

    @Test
    void takes_a_first_release_for_blue_that_was_taken_back_and_has_all_users_once_Sweep_wrote_that_down() {
        World empty = World.empty();
        Pipeline first = new Pipeline(empty, "first");
        first.runUntil(Phase.SHIFTING);
        new RollBack(empty, World.terms(), empty).byHand(Optional.empty(), "not yet", true);
        empty.router.become(ON_A);
        empty.router.health(FleetName.A, new Targets(2, 0, 0, 0, 0));
        Pipeline second = new Pipeline(empty, "second");

        assertThat(second.call(Phase.PREPARING).message()).contains("Sweep writes that down");
        new Sweep(empty, World.terms(), empty).tick();

        assertThat(second.call(Phase.PREPARING)).isInstanceOf(Answer.Done.class);
        assertThat(second.rollout().blue()).contains(FleetName.A);
    }

    @Test
    void is_refused_when_it_is_not_clear_who_blue_is() {
        world.router.become(new Routing.Weighted(new Weights(50, 50)));

        assertFailed(newcomer.release(), Answer.Failure.ROLLOUT, "it is not clear which fleet is blue");
        assertThat(world.store.ledger().holder()).isEmpty();
    }

    /** It took the sleeping fleet for blue, and installed over the only one that could serve. */
    @Test
    void is_refused_when_a_hand_has_sent_everybody_to_a_fleet_that_sleeps() {
        world.router.become(ON_B);

        assertFailed(newcomer.release(), Answer.Failure.ROLLOUT, "fleet B has no healthy target, and fleet A has");
        assertThat(world.store.ledger().holder()).isEmpty();
    }

    /** Somebody gave that fleet instances, on which nothing is installed: it was no sleeping one any more, and taken for blue. */
    @Test
    void is_refused_when_a_hand_has_sent_everybody_to_a_fleet_that_was_woken_and_cannot_serve() {
        world.fleets.set(FleetName.B, World.SERVING);
        world.router.health(FleetName.B, new Targets(0, 0, 4, 0, 0));
        world.router.become(ON_B);

        assertFailed(newcomer.release(), Answer.Failure.ROLLOUT, "fleet B has no healthy target, and fleet A has");
        assertThat(world.store.ledger().holder()).isEmpty();
    }

    @Test
    void is_refused_when_a_hand_has_closed_the_rule_of_a_service_that_was_released() {
        holder.release();
        world.after(Situation.DRAIN);
        world.router.become(new Routing.Closed());

        assertFailed(newcomer.release(), Answer.Failure.ROLLOUT, "the rule is closed although");
    }

    /** An appointment that stayed would retire the fleet that has become green. */
    @Test
    void that_takes_the_warm_fleet_cancels_its_retirement_and_says_which_way_back_is_lost() {
        holder.release();
        assertThat(world.appointments).containsKey(holder.id());
        world.after(Situation.DRAIN);

        newcomer.runUntil(Phase.VALIDATING);

        assertThat(world.appointments).doesNotContainKey(holder.id());
        assertThat(newcomer.rollout().history()).extracting(Event::what).contains("took the warm fleet");
    }

    @Test
    void that_is_refused_waits_or_begins_is_told_in_the_journal() {
        holder.runUntil(Phase.VERIFYING);
        newcomer.call(Phase.PREPARING);
        assertThat(world.decisions()).contains("begin", "refuse");

        new Promote(world, World.terms(), world).byHand(Optional.empty(), "urgent fix");
        newcomer.call(Phase.PREPARING);
        assertThat(world.told.getLast())
                .isEqualTo(new Journal.Entry(
                        Optional.of(newcomer.id()),
                        "hold",
                        world.told.getLast().reason(),
                        Optional.empty(),
                        "0",
                        ON_B.toString()));
    }

    @Test
    void waits_until_requests_have_left_the_warm_fleet_that_it_takes() {
        holder.runUntil(Phase.VERIFYING);
        new Promote(world, World.terms(), world).byHand(Optional.empty(), "urgent fix");

        assertThat(newcomer.call(Phase.PREPARING)).isInstanceOf(Answer.InProgress.class);
        assertThat(world.store.rollout(newcomer.id())).isEmpty();
        assertThat(newcomer.release()).isInstanceOf(Answer.Done.class);
    }

    @Test
    void finds_the_services_limits_although_the_rollout_before_is_not_settled() {
        holder.release();
        world.after(Situation.DRAIN);
        newcomer.release();
        world.after(Situation.PACE.blueLifetime());
        new Sweep(world, World.terms(), world).tick();

        assertThat(world.fleets.scaling(FleetName.A)).isEqualTo(World.SERVING);
        assertThat(world.fleets.scaling(FleetName.B)).isEqualTo(World.ASLEEP);
    }

    /** What the rollout before found, and gave back, is history: a person may have set other limits since. */
    @Test
    void finds_the_limits_that_a_person_set_once_the_rollout_before_is_settled() {
        holder.release();
        world.store.commit(holder.rollout().settle(world.instant()));
        Scaling larger = new Scaling(3, 5, 50, Set.of());
        world.fleets.set(FleetName.B, larger);
        world.after(Situation.DRAIN);

        newcomer.call(Phase.PREPARING);

        assertThat(newcomer.rollout().sizing().foundB()).isEqualTo(larger);
        assertThat(newcomer.rollout().history()).extracting(Event::what).doesNotContain("took the warm fleet");
    }

    @Test
    void that_comes_after_a_hand_put_everything_back_knows_that_this_was_a_rollback() {
        holder.release();
        world.after(Situation.DRAIN);
        world.router.become(ON_A);

        assertThat(newcomer.release()).isInstanceOf(Answer.Done.class);
        assertThat(holder.rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
        world.after(Situation.PACE.blueLifetime());
        new Sweep(world, World.terms(), world).tick();
        assertThat(world.fleets.scaling(FleetName.B).minimum()).isEqualTo(2);
    }

    /** A person's rollback was just being written, or the reading of it lagged: the release was refused. */
    @Test
    void waits_until_Sweep_has_taken_the_traffic_from_a_rolled_back_fleet() {
        holder.runUntil(Phase.VERIFYING);
        world.alarm(AlarmState.FIRING);
        holder.release();
        world.alarm(AlarmState.OK);
        world.after(Situation.DRAIN);
        world.router.become(ON_B);

        Answer first = newcomer.call(Phase.PREPARING);
        new Sweep(world, World.terms(), world).tick();

        assertThat(first).isInstanceOf(Answer.InProgress.class);
        assertThat(first.message()).contains("was rolled back");
        assertThat(world.router.live()).isEqualTo(ON_A);
        assertThat(newcomer.release()).isInstanceOf(Answer.Done.class);
    }

    /** It waited for that traffic to leave, which nobody was going to move. */
    @Test
    void is_refused_while_a_rolled_back_fleet_has_the_traffic_that_the_other_one_cannot_take() {
        holder.runUntil(Phase.VERIFYING);
        world.alarm(AlarmState.FIRING);
        holder.release();
        world.alarm(AlarmState.OK);
        world.after(Situation.DRAIN);
        world.router.become(ON_B);
        world.router.health(FleetName.A, new Targets(0, 0, 4, 0, 0));

        assertFailed(newcomer.call(Phase.PREPARING), Answer.Failure.ROLLOUT, "the rule routes to its fleet B again");
    }

    @Test
    void that_comes_second_by_a_moment_is_told_to_wait() {
        int lock = begun(World.serving(), EventfulPorts.Event.NONE).log().indexOf("RolloutStore.begin") + 1;

        EventfulPorts ports = begun(
                world, new EventfulPorts.Event(lock, EventfulPorts.Moment.BEFORE, () -> holder.call(Phase.PREPARING)));

        assertThat(ports.happened()).contains("RolloutStore.begin");
        assertThat(world.store.rollout(newcomer.id())).isEmpty();
        assertThat(world.store.ledger().holder()).contains(holder.id());
        assertThat(newcomerSaid.message()).isEqualTo("another rollout was just begun, ended or blamed");
        assertThat(newcomerSaid).isInstanceOf(Answer.InProgress.class);
    }

    private Answer newcomerSaid;

    private EventfulPorts begun(World in, EventfulPorts.Event event) {
        EventfulPorts ports = new EventfulPorts(in, event);
        newcomerSaid = new Pipeline(ports, in, World.terms(), "newcomer").call(Phase.PREPARING);
        return ports;
    }

    /** Nothing was ever released, so that a closed rule is as it should be. */
    @Test
    void that_comes_after_a_first_release_was_rejected_is_a_first_release_again() {
        World empty = World.empty();
        empty.smokeAnswers(500);
        new Pipeline(empty, "first").release();
        empty.smokeAnswers(200);
        empty.after(Situation.DRAIN);
        Pipeline second = new Pipeline(empty, "second");

        assertThat(second.release()).isInstanceOf(Answer.Done.class);
        assertThat(second.rollout().blue()).isEmpty();
    }

    @Test
    void is_refused_when_a_hand_has_closed_the_rule_after_a_first_release() {
        World empty = World.empty();
        new Pipeline(empty, "first").release();
        empty.router.become(new Routing.Closed());

        assertFailed(
                new Pipeline(empty, "second").release(),
                Answer.Failure.ROLLOUT,
                "the rule is closed although the service was released by rollout first");
    }

    @Test
    void begins_on_the_fleet_that_the_rule_shows_where_neither_fleet_can_serve() {
        world.fleets.set(FleetName.A, World.ASLEEP);

        assertThat(newcomer.call(Phase.PREPARING)).isInstanceOf(Answer.Done.class);
        assertThat(newcomer.rollout().blue()).contains(FleetName.A);
        assertThat(newcomer.rollout().sizing().green()).isOne();
    }

    @Test
    void does_not_wait_for_a_blue_that_was_taken_back_to_where_the_settings_let_warm_fleets_be() {
        holder.runUntil(Phase.VERIFYING);
        new RollBack(world, World.terms(), world).byHand(Optional.empty(), "customers complain", true);
        world.after(Situation.DRAIN.plus(Duration.ofMinutes(5)));
        Pipeline patient = new Pipeline(world, world, World.terms(false), "patient");

        assertThat(patient.call(Phase.PREPARING)).isInstanceOf(Answer.Done.class);
        assertThat(patient.rollout().history()).extracting(Event::what).doesNotContain("took the warm fleet");
    }

    /** Whoever blamed it while the store was silent told the rule only; that no user had met it is as true as before. */
    @Test
    void hears_who_is_blamed_and_starts_no_cooldown_for_what_nobody_met() {
        holder.runUntil(Phase.VALIDATING);
        RollBack rollBack = new RollBack(world, World.terms(), world);
        rollBack.stageEnded(holder.id(), "stopped");
        world.store.fallSilent();
        rollBack.byHand(Optional.empty(), "customers complain", true);
        world.store.speakAgain();

        newcomer.call(Phase.PREPARING);

        assertThat(world.store.quarantine(holder.revision().digest())).isPresent();
        assertThat(holder.rollout().ending().orElseThrow().trafficMoved()).isFalse();
    }

    /** Somebody made the group launch from elsewhere: that is left alone, and so is what the template had launched. */
    @Test
    void takes_a_fleet_as_it_is_that_launches_from_no_template_any_more() {
        world.fleets.launchesFrom(FleetName.B, new LaunchSource.Template("lt-b", "1"));
        world.fleets.set(FleetName.B, new Scaling(0, 1, 30, Set.of()));
        world.fleets.launchesFromNoTemplate(FleetName.B);

        assertThat(newcomer.call(Phase.PREPARING)).isInstanceOf(Answer.Done.class);
        assertThat(newcomer.rollout().phase()).isEqualTo(Phase.INSTALLING);
        assertThat(world.fleets.running(FleetName.B)).isOne();
    }

    /** AWS answers this question slowly, and only so often a second. */
    @Test
    void does_not_ask_why_launches_fail_where_every_instance_is_there() {
        world.fleets.set(FleetName.B, new Scaling(0, 4, 30, Set.of()));
        EventfulPorts complete = begun(world, EventfulPorts.Event.NONE);
        EventfulPorts incomplete = begun(World.serving(), EventfulPorts.Event.NONE);

        assertThat(complete.log()).doesNotContain("Fleets.launchTrouble");
        assertThat(incomplete.log()).contains("Fleets.launchTrouble");
    }

    private static void assertFailed(Answer answer, Answer.Failure failure, String message) {
        assertThat(answer).isInstanceOfSatisfying(Answer.Failed.class, failed -> {
            assertThat(failed.failure()).isEqualTo(failure);
            assertThat(failed.message()).contains(message);
        });
    }
}
