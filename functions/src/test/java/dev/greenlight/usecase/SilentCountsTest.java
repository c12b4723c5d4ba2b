package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.check.AlarmState;
import dev.greenlight.domain.check.Measured;
import dev.greenlight.domain.check.Traffic;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.strategy.Trial;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nobody counts requests: that delays what hangs on the count, and nothing else. */
class SilentCountsTest {

    private final World world = World.serving();
    private final Pipeline pipeline = new Pipeline(world, "one");
    private int asked;

    private void countsAre(CallFailed.Kind kind) {
        Metrics real = world.metrics();
        world.metricsAre(new Metrics() {
            @Override
            public Map<FleetName, Traffic> traffic(Instant from, Instant to) {
                asked++;
                throw new CallFailed(kind, "cloudwatch:GetMetricData", "no answer", null);
            }

            @Override
            public Map<FleetName, Measured> measured(Trial.Metric metric, Instant from, Instant to) {
                return Map.of();
            }

            @Override
            public Map<String, AlarmState> alarms(List<String> names, Instant since) {
                return real.alarms(names, since);
            }
        });
    }

    private Answer sweep() {
        return new Sweep(world, World.terms(), world).tick();
    }

    private void takenBack() {
        pipeline.runUntil(Phase.VERIFYING);
        new RollBack(world, World.terms(), world).byHand(Optional.empty(), "customers complain", true);
    }

    @Test
    void the_fix_waits_until_the_stragglers_time_is_over_and_no_longer() {
        takenBack();
        countsAre(CallFailed.Kind.UNAVAILABLE);
        world.after(Situation.DRAIN.plusMinutes(6));
        Pipeline fix = new Pipeline(world, "fix");

        assertThat(fix.call(Phase.PREPARING).toString())
                .contains("nobody can say now whether requests still reach fleet B", "no answer");
        world.after(Duration.ofMinutes(10));
        asked = 0;
        fix.call(Phase.PREPARING);

        assertThat(fix.rollout().isOpen()).isTrue();
        assertThat(asked).isZero();
    }

    @Test
    void a_stale_write_after_a_rollback_is_undone_all_the_same() {
        takenBack();
        countsAre(CallFailed.Kind.DENIED);
        world.after(Duration.ofHours(6));
        world.router.become(Routing.full(FleetName.B));

        sweep();

        assertThat(world.router.live()).isEqualTo(Routing.full(FleetName.A));
    }

    @Test
    void a_hands_rollback_is_seen_all_the_same() {
        pipeline.release();
        countsAre(CallFailed.Kind.DENIED);
        world.after(Duration.ofMinutes(30));
        world.router.become(Routing.full(FleetName.A));

        sweep();

        assertThat(pipeline.rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    void warm_blue_grows_with_the_load_and_is_not_put_to_sleep_meanwhile() {
        pipeline.release();
        countsAre(CallFailed.Kind.THROTTLED);
        world.fleets.set(FleetName.B, new Scaling(2, 7, 30, Set.of()));
        world.after(Duration.ofMinutes(30));
        sweep();
        assertThat(world.fleets.running(FleetName.A)).isEqualTo(7);

        world.after(Situation.PACE.blueLifetime());
        assertThat(sweep().toString()).contains("nobody can say now whether requests still reach fleet A");
        assertThat(pipeline.rollout().phase()).isEqualTo(Phase.PROMOTED);
    }

    @Test
    void a_role_that_may_not_count_is_an_error_that_somebody_sees() {
        takenBack();
        countsAre(CallFailed.Kind.DENIED);
        world.after(Duration.ofHours(6));

        assertThatThrownBy(this::sweep).isInstanceOf(CallFailed.class);
    }

    @Test
    void where_the_fleet_is_put_to_sleep_already_nobody_asks() {
        pipeline.release();
        world.after(Situation.PACE.blueLifetime());
        world.store.commit(pipeline.rollout().retire(world.instant(), "its time is up"));
        world.after(Duration.ofMinutes(30));
        countsAre(CallFailed.Kind.DENIED);

        sweep();

        assertThat(asked).isZero();
        assertThat(world.fleets.running(FleetName.A)).isZero();
    }
}
