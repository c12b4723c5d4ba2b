package dev.greenlight.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.installed.Code;
import dev.greenlight.sandbox.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A function's process stays warm between its calls, as Lambda's do, and ends when it dies. */
class ProcessesTest {

    private final Service service = Service.ofAllKinds();
    private final Life good = Tale.GOOD.undisturbed(service);

    @Test
    void a_process_is_wired_once() {
        List<Boolean> same = new ArrayList<>();
        Code watched = (constructor, world) -> {
            same.add(world.get() == world.get());
            return Code.DEPLOYED.handler(constructor, world);
        };

        Played played = new Simulation(service, sandbox -> watched).play(good);

        assertThat(same).hasSizeLessThan((int) played.awsCalls() / 10).containsOnly(true);
    }

    @Test
    void whoever_dies_is_followed_by_a_new_process() {
        int undisturbed = processes(good);

        assertThat(processes(good.withMishaps(List.of(new Mishap.Crash(100, Fault.Moment.BEFORE)))))
                .isEqualTo(undisturbed + 1);
    }

    private int processes(Life life) {
        List<String> begun = new ArrayList<>();
        Code counted = (constructor, world) -> {
            begun.add(constructor.getName());
            return Code.DEPLOYED.handler(constructor, world);
        };
        new Simulation(service, sandbox -> counted).play(life);
        return begun.size();
    }
}
