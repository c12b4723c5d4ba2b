package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Ending;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.port.CallFailed;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The write that gives green its users does not succeed: nobody waits for it for ever, and green is not blamed for it. */
class ThrottledShiftTest {

    private final World world = World.serving();
    private final Pipeline pipeline = new Pipeline(world, "one");

    private void throttle() {
        world.router.beforeNextWrite(() -> {
            throw new CallFailed(CallFailed.Kind.THROTTLED, "elasticloadbalancing:ModifyRule", "Rate exceeded", null);
        });
    }

    private void shiftThrottled() {
        throttle();
        assertThatThrownBy(() -> pipeline.call(Phase.SHIFTING)).isInstanceOf(CallFailed.class);
    }

    @Test
    void a_step_that_the_rule_never_takes_ends_the_rollout_when_its_time_is_up() {
        pipeline.runUntil(Phase.SHIFTING);
        Instant asked = world.instant();
        while (world.instant().isBefore(asked.plus(Situation.PACE.shifting()))) {
            shiftThrottled();
            world.after(Duration.ofMinutes(1));
        }
        throttle();

        Answer answer = pipeline.call(Phase.SHIFTING);

        assertThat(answer).isInstanceOf(Answer.Failed.class);
        assertThat(pipeline.rollout().ending()).map(Ending::cause).contains(Cause.DEADLINE);
        assertThat(world.store.ledger().holder()).isEmpty();
        assertThat(world.router.live()).isEqualTo(Routing.full(FleetName.A));
    }

    @Test
    void one_that_is_lost_each_time_does_so_too() {
        pipeline.runUntil(Phase.SHIFTING);
        Instant asked = world.instant();
        while (pipeline.rollout().isOpen()
                && world.instant()
                        .isBefore(asked.plus(Situation.PACE.shifting()).plusSeconds(30))) {
            world.router.loseNextWrite();
            pipeline.call(Phase.SHIFTING);
            world.after(Duration.ofSeconds(30));
        }

        assertThat(pipeline.rollout().ending()).map(Ending::cause).contains(Cause.DEADLINE);
    }

    @Test
    void an_alarm_that_fired_before_the_write_succeeded_is_not_greens_doing() {
        pipeline.runUntil(Phase.SHIFTING);
        shiftThrottled();
        world.after(Duration.ofMinutes(3));
        world.alarmSince(world.instant());
        world.after(Duration.ofMinutes(1));
        Instant users = world.instant();

        pipeline.call(Phase.SHIFTING);
        pipeline.call(Phase.VERIFYING);

        assertThat(pipeline.rollout().usersSince()).isEqualTo(users);
        assertThat(pipeline.rollout().isOpen()).isTrue();
        assertThat(world.store.quarantine(pipeline.revision().digest())).isEmpty();
    }

    @Test
    void one_that_fired_while_the_first_write_may_still_show_is() {
        pipeline.runUntil(Phase.SHIFTING);
        Instant first = world.instant();
        shiftThrottled();
        world.after(Duration.ofSeconds(30));

        pipeline.call(Phase.SHIFTING);

        assertThat(pipeline.rollout().usersSince()).isEqualTo(first);
    }
}
