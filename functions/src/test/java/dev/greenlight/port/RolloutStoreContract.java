package dev.greenlight.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.counterpart.Contract;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.ScalingProcess;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Ending;
import dev.greenlight.domain.rollout.Former;
import dev.greenlight.domain.rollout.Launches;
import dev.greenlight.domain.rollout.Ledger;
import dev.greenlight.domain.rollout.OneFleet;
import dev.greenlight.domain.rollout.Recreation;
import dev.greenlight.domain.rollout.Restoration;
import dev.greenlight.domain.rollout.Revision;
import dev.greenlight.domain.rollout.Roles;
import dev.greenlight.domain.rollout.Rolling;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.Shadow;
import dev.greenlight.domain.rollout.Sizing;
import dev.greenlight.domain.strategy.Step;
import dev.greenlight.domain.strategy.Strategy;
import dev.greenlight.domain.strategy.Trial;
import dev.greenlight.port.RolloutStore.Quarantine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every rollout store does: each write is conditional, and what was written comes back as it was. */
public abstract class RolloutStoreContract extends Contract {

    protected static final Instant NOW = Instant.parse("2026-01-05T09:00:00.123456Z");
    private static final List<Step> ALL_AT_ONCE = new Strategy.BlueGreen().steps();
    protected static final RolloutId ONE = new RolloutId("r-1");
    protected static final RolloutId TWO = new RolloutId("r-2");

    /** An empty store; the same one within a test. */
    protected abstract RolloutStore store();

    @Test
    void an_empty_store_has_an_empty_ledger_and_no_rollouts() {
        assertThat(store().ledger()).isEqualTo(Ledger.EMPTY);
        assertThat(store().rollout(ONE)).isEmpty();
    }

    @Test
    void a_rollout_is_read_as_it_was_written() {
        Rollout begun = begun();
        assertThat(store().rollout(ONE)).contains(begun.stored());
        assertThat(store().ledger()).isEqualTo(Ledger.EMPTY.acquire(ONE).stored());
    }

    @Test
    void a_rollout_of_every_phase_is_read_as_it_was_written() {
        Rollout rollout = begun().stored();
        rollout = committed(rollout.advance(NOW.plusSeconds(1), "first instance is there")
                .installingBy("d-1", NOW)
                .installed(NOW, "on 2 of 2"));
        rollout = committed(rollout.advance(NOW, "installed").read(2, NOW.plusSeconds(2)));
        rollout = committed(rollout.advance(NOW, "validated").shiftingAskedAt(NOW.plusSeconds(3)));
        rollout = committed(rollout.stepSeen(1, NOW, "A 0% B 100%").advance(NOW, "all steps"));
        rollout = committed(rollout.promoteAtOnce(NOW, "hurry").promote(Optional.of(NOW.plusSeconds(9)), NOW, "good"));
        rollout = committed(rollout.growGreen(5, NOW).keepBlueAt(4));
        committed(rollout.retire(NOW, "time is up").settle(NOW));
    }

    @Test
    void the_test_that_a_rollout_makes_is_read_as_it_was_written() {
        Trial.Metric orders = new Trial.Metric(
                "Shop",
                "Orders",
                "AutoScalingGroupName",
                Map.of("Stage", "prod"),
                Trial.Counted.AVERAGE,
                false,
                0.05,
                30);
        Trial trial = new Trial(
                Optional.of(Duration.ofDays(7)),
                Trial.End.WAIT,
                new Trial.Bar(0.005, 1.25, 10_000),
                Optional.of(orders));
        Step step = new Step(
                20,
                Duration.ofDays(7),
                Optional.of(new Step.Pause(Duration.ofDays(2), Step.Otherwise.GO_ON)),
                Optional.of(trial));
        Ledger ledger = store().ledger().acquire(ONE);
        Rollout plain = rollout(ONE, ledger);
        Rollout tried = Rollout.begin(
                ONE,
                plain.fence(),
                plain.revision(),
                plain.roles(),
                plain.sizing(),
                new Strategy.AbTest(step).steps(),
                NOW);
        assertThat(store().commit(ledger, List.of(tried))).isTrue();
        assertThat(store().rollout(ONE)).contains(tried.stored());
    }

    @Test
    void a_rollout_that_was_taken_back_says_why() {
        Rollout back = committed(
                begun().stored().takeBack(Cause.CHECK_FAILED, NOW, "smoke: /health answered 500 instead of 200"));
        assertThat(back.ending()).isPresent();
        assertThat(committed(back.blamed().cooled(NOW, "the fix is ready")).ending())
                .contains(new Ending(
                        Cause.CHECK_FAILED,
                        "smoke: /health answered 500 instead of 200",
                        false,
                        true,
                        true,
                        Optional.empty()));
    }

    @Test
    void a_rollout_that_goes_from_zone_to_zone_knows_how_far_it_has_come() {
        Rolling rolling = new Rolling(
                Duration.ofMinutes(10),
                Duration.ofMinutes(5),
                Optional.of(new Step.Pause(Duration.ofHours(2), Step.Otherwise.GO_ON)),
                3,
                2,
                Optional.of(NOW),
                Optional.of(NOW.plusSeconds(1)),
                1,
                2,
                Optional.of(NOW.plusSeconds(2)));
        assertThat(committed(begun().stored().rolled(rolling)).rolling()).contains(rolling);
    }

    @Test
    void a_rollout_in_place_knows_what_was_there_before_and_how_far_it_is_back() {
        Ledger ledger = Ledger.EMPTY.acquire(ONE);
        Roles roles = Roles.onOne(
                FleetName.B,
                new OneFleet(
                        Optional.of(new Former("v1", "artifacts", "v1.zip")),
                        Optional.of(NOW),
                        Optional.of(NOW.plusSeconds(60))));
        Rollout rollout = Rollout.begin(ONE, ledger.fence(), revision("v2"), roles, sizing(), List.of(), NOW);
        assertThat(store().begin(ledger, rollout, Optional.empty())).isTrue();
        Rollout stored = store().rollout(ONE).orElseThrow();
        assertThat(stored).isEqualTo(rollout.stored());
        Rollout back = committed(stored.usersFrom(NOW, 4).takeBack(Cause.ALARM, NOW, "5xx"));
        back = committed(back.restoringBy("d-1", NOW));
        back = committed(
                back.restoreAgain(new Restoration(2, 1, Optional.empty(), Optional.empty()), NOW, "nobody could go")
                        .restoringBy("d-2", NOW));
        assertThat(back.restoration()).contains(new Restoration(2, 1, Optional.of("d-2"), Optional.empty()));
        committed(back.endRestoration(true, NOW, "on all instances").settle(NOW));
    }

    @Test
    void a_rollout_in_place_that_does_not_know_what_was_there_before_says_so() {
        Ledger ledger = Ledger.EMPTY.acquire(ONE);
        Roles roles = Roles.onOne(FleetName.B, OneFleet.untouched(Optional.empty()));
        Rollout rollout = Rollout.begin(ONE, ledger.fence(), revision("v2"), roles, sizing(), List.of(), NOW);
        assertThat(store().begin(ledger, rollout, Optional.empty())).isTrue();
        assertThat(store().rollout(ONE).orElseThrow()).isEqualTo(rollout.stored());
    }

    @Test
    void how_far_a_shadow_has_come_is_remembered() {
        Rollout begun = begun().stored();
        assertThat(begun.shadow()).isEmpty();
        Shadow planned = Shadow.of(Duration.ofMinutes(30));
        Rollout copied = committed(begun.shadowed(planned));
        assertThat(copied.shadow()).contains(planned);
        Shadow over = new Shadow(planned.watch(), Optional.of(NOW), Optional.of(NOW.plusSeconds(9)), true);
        assertThat(committed(copied.shadowed(over)).shadow()).contains(over);
    }

    @Test
    void how_far_two_fleets_have_changed_places_is_remembered() {
        Rollout begun = begun().stored();
        assertThat(begun.recreation()).isEmpty();
        Recreation planned = new Recreation(
                "v1",
                Duration.ofMinutes(15),
                Duration.ofMinutes(70),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Rollout recreating = committed(begun.recreating(planned));
        assertThat(recreating.recreation()).contains(planned);
        Recreation over = planned.closing(NOW).closed(NOW.plusSeconds(2)).emptied(NOW.plusSeconds(90));
        assertThat(committed(recreating.recreating(over)).recreation()).contains(over);
    }

    @Test
    void what_fleets_are_launched_from_is_remembered() {
        Launches launches = new Launches(
                Optional.of(new LaunchSource.Template("lt-a", "1")),
                Optional.of(new LaunchSource.Template("lt-b", "2")));
        Rollout begun = begun().stored();
        assertThat(begun.launches()).isEqualTo(Launches.UNKNOWN);
        assertThat(committed(begun.launchedFrom(launches)).launches()).isEqualTo(launches);
    }

    @Test
    void a_first_release_has_no_blue() {
        Ledger ledger = Ledger.EMPTY.acquire(ONE);
        Rollout first =
                Rollout.begin(ONE, ledger.fence(), revision("v1"), Roles.firstRelease(), sizing(), ALL_AT_ONCE, NOW);
        assertThat(store().commit(ledger, List.of(first))).isTrue();
        assertThat(store().rollout(ONE).orElseThrow().blue()).isEmpty();
    }

    @Test
    void only_one_of_two_can_take_the_lock() {
        Ledger seenByBoth = store().ledger();
        Ledger one = seenByBoth.acquire(ONE);
        Ledger two = seenByBoth.acquire(TWO);
        assertThat(store().commit(one, List.of(rollout(ONE, one)))).isTrue();
        assertThat(store().commit(two, List.of(rollout(TWO, two)))).isFalse();
        assertThat(store().ledger().holder()).contains(ONE);
        assertThat(store().rollout(TWO)).isEmpty();
    }

    @Test
    void the_same_commit_made_twice_is_refused_the_second_time() {
        Ledger ledger = Ledger.EMPTY.acquire(ONE);
        List<Rollout> rollouts = List.of(rollout(ONE, ledger));
        assertThat(store().commit(ledger, rollouts)).isTrue();
        assertThat(store().commit(ledger, rollouts)).isFalse();
    }

    @Test
    void a_rollout_that_was_written_in_between_makes_the_writer_stale() {
        Rollout seen = begun().stored();
        assertThat(store().commit(seen.beat(NOW.plusSeconds(1)))).isTrue();
        assertThat(store().commit(seen.beat(NOW.plusSeconds(2)))).isFalse();
        assertThat(store().rollout(ONE).orElseThrow().progress().heartbeat()).isEqualTo(NOW.plusSeconds(1));
    }

    @Test
    void a_stale_rollout_keeps_the_ledger_from_being_written() {
        Rollout seen = begun().stored();
        assertThat(store().commit(seen.beat(NOW.plusSeconds(1)))).isTrue();
        Ledger ledger = store().ledger();
        assertThat(store().commit(ledger.release(), List.of(seen.beat(NOW.plusSeconds(2)))))
                .isFalse();
        assertThat(store().ledger()).isEqualTo(ledger);
    }

    @Test
    void a_rollout_of_an_earlier_fence_cannot_write() {
        Rollout old = begun().stored();
        Ledger released = store().ledger().release();
        assertThat(store().commit(released, List.of())).isTrue();
        Ledger next = store().ledger().acquire(TWO);
        assertThat(store().commit(next, List.of(rollout(TWO, next)))).isTrue();
        assertThat(store().commit(old.beat(NOW))).isFalse();
        assertThat(store().rollout(ONE)).contains(old);
    }

    @Test
    void both_rollouts_of_a_handover_are_written_with_the_ledger() {
        Rollout old = begun().stored();
        assertThat(store().commit(store().ledger().release(), List.of())).isTrue();
        Ledger next = store().ledger().acquire(TWO);
        assertThat(store().commit(next, List.of(old.settle(NOW), rollout(TWO, next))))
                .isTrue();
        assertThat(store().rollout(ONE).orElseThrow().settled()).isTrue();
        assertThat(store().ledger().latest()).contains(TWO);
        assertThat(store().ledger().fence()).isEqualTo(2);
    }

    @Test
    void a_full_history_of_long_reasons_fits() {
        Rollout rollout = begun().stored();
        for (int i = 0; i < 250; i++) {
            rollout = rollout.tell(NOW.plusSeconds(i), "told", "x".repeat(5_000));
        }
        assertThat(store().commit(rollout)).isTrue();
        assertThat(store().rollout(ONE).orElseThrow().history()).hasSize(200);
    }

    @Test
    void a_revision_is_quarantined_until_it_is_released() {
        Quarantine entry = new Quarantine("sha256:1", "v2", ONE, "5xx", NOW);
        assertThat(store().quarantine("sha256:1")).isEmpty();
        quarantined(entry);
        assertThat(store().quarantine("sha256:1")).contains(entry);
        assertThat(store().quarantine("sha256:2")).isEmpty();
        assertThat(store().release("sha256:2")).isFalse();
        assertThat(store().release("sha256:1")).isTrue();
        assertThat(store().quarantine("sha256:1")).isEmpty();
        assertThat(store().release("sha256:1")).isFalse();
    }

    @Test
    void the_first_reason_for_a_quarantine_stays_and_the_second_ones_commit_is_refused_as_a_whole() {
        Rollout begun = begun().stored();
        Quarantine first = new Quarantine("sha256:1", "v2", ONE, "5xx", NOW);
        Optional<Quarantine> second = Optional.of(new Quarantine("sha256:1", "v2 again", TWO, "slow", NOW));
        quarantined(first);
        Ledger ledger = store().ledger();
        assertThat(store().commit(ledger.release(), List.of(begun.beat(NOW)), second))
                .isFalse();
        assertThat(store().commit(begun.beat(NOW), second)).isFalse();
        assertThat(store().quarantine("sha256:1")).contains(first);
        assertThat(store().ledger()).isEqualTo(ledger);
        assertThat(store().rollout(ONE)).contains(begun);
    }

    @Test
    void what_is_blamed_by_a_commit_that_is_refused_is_not_quarantined() {
        Rollout seen = begun().stored();
        assertThat(store().commit(seen.beat(NOW.plusSeconds(1)))).isTrue();
        Rollout stale = seen.takeBack(Cause.CHECK_FAILED, NOW, "500");
        Optional<Quarantine> blamed = Optional.of(new Quarantine("sha256:1", "v2", ONE, "500", NOW));
        assertThat(store().commit(stale, blamed)).isFalse();
        assertThat(store().commit(store().ledger().release(), List.of(stale), blamed))
                .isFalse();
        assertThat(store().quarantine("sha256:1")).isEmpty();
    }

    @Test
    void a_rollout_that_is_taken_back_and_its_quarantine_are_one_write() {
        Quarantine blamed = new Quarantine("sha256:1", "v2", ONE, "500", NOW);
        Rollout back = begun().stored().takeBack(Cause.CHECK_FAILED, NOW, "500");
        assertThat(store().commit(back, Optional.of(blamed))).isTrue();
        assertThat(store().rollout(ONE)).contains(back.stored());
        assertThat(store().quarantine("sha256:1")).contains(blamed);
    }

    @Test
    void a_rollout_begins_with_the_one_before_it_unless_its_revision_is_quarantined() {
        Rollout old = begun().stored();
        assertThat(store().commit(store().ledger().release(), List.of())).isTrue();
        Ledger released = store().ledger();
        Ledger next = released.acquire(TWO);
        Rollout rollout = rollout(TWO, next);
        String digest = rollout.revision().digest();
        quarantined(new Quarantine(digest, "v2", ONE, "5xx", NOW));
        Ledger now = store().ledger();
        assertThat(store().begin(now.acquire(TWO), rollout, Optional.of(old.settle(NOW))))
                .isFalse();
        assertThat(store().ledger()).isEqualTo(now);
        assertThat(store().rollout(ONE)).contains(old);
        assertThat(store().rollout(TWO)).isEmpty();

        assertThat(store().release(digest)).isTrue();
        assertThat(store().begin(next, rollout, Optional.empty())).isFalse();
        assertThat(store().begin(now.acquire(TWO), rollout, Optional.of(old.settle(NOW))))
                .isTrue();
        assertThat(store().rollout(ONE).orElseThrow().settled()).isTrue();
        assertThat(store().rollout(TWO)).contains(rollout.stored());
    }

    protected void quarantined(Quarantine entry) {
        assertThat(store().commit(store().ledger(), List.of(), Optional.of(entry)))
                .isTrue();
    }

    /** Rollout r-1 with the lock, as it was before it was written. */
    protected Rollout begun() {
        Ledger ledger = store().ledger().acquire(ONE);
        Rollout rollout = rollout(ONE, ledger);
        assertThat(store().commit(ledger, List.of(rollout))).isTrue();
        return rollout;
    }

    private Rollout committed(Rollout rollout) {
        assertThat(store().commit(rollout)).isTrue();
        assertThat(store().rollout(rollout.id())).contains(rollout.stored());
        return rollout.stored();
    }

    protected static Rollout rollout(RolloutId id, Ledger ledger) {
        return Rollout.begin(
                id, ledger.fence(), revision("v2"), Roles.replacing(FleetName.A), sizing(), ALL_AT_ONCE, NOW);
    }

    private static Revision revision(String name) {
        return new Revision(name, "sha256:" + name);
    }

    private static Sizing sizing() {
        return new Sizing(
                3, 3, new Scaling(2, 3, 10, Set.of(ScalingProcess.AZ_REBALANCE)), new Scaling(0, 0, 10, Set.of()));
    }
}
