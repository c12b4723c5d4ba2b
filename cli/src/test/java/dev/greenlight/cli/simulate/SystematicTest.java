package dev.greenlight.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.sandbox.fault.Call;
import dev.greenlight.sandbox.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process dies at a call to AWS, or a call goes wrong: rule 4 of docs/rules.md, for every call of a rollout. */
class SystematicTest {

    private static final int EACH = 12;
    private static final Service ANY = Service.ofAllKinds();
    private static final Simulation SIMULATION = new Simulation(ANY);
    private static final Systematic SYSTEMATIC = new Systematic(ANY, SIMULATION::calls);

    @ParameterizedTest
    @EnumSource(Tale.class)
    void undisturbed_a_tale_breaks_no_rule(Tale tale) {
        assertThat(SIMULATION.play(tale.undisturbed(ANY)).broken()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Tale.class)
    void a_crash_at_any_moment_that_leaves_another_world_delays_a_tale_and_no_more(Tale tale) {
        List<Life> lives = SYSTEMATIC.crashes(tale);

        assertThat(lives).hasSizeGreaterThan(tale == Tale.BY_HAND ? 20 : 60);
        assertThat(broken(lives)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Mishap.Trouble.class)
    void a_call_that_goes_wrong_delays_a_tale_and_no_more(Mishap.Trouble trouble) {
        List<Life> lives = new ArrayList<>();
        for (Tale tale : Tale.values()) {
            Life life = tale.undisturbed(ANY);
            int calls = SIMULATION.calls(life).size();
            SplittableRandom random = new SplittableRandom(trouble.ordinal());
            for (int i = 0; i < EACH; i++) {
                int times = i % 2 == 0 ? 1 : 3;
                lives.add(life.withMishaps(List.of(new Mishap.Failure(1 + random.nextInt(calls), times, trouble))));
            }
        }
        assertThat(broken(lives)).isEmpty();
    }

    @Test
    void a_second_crash_delays_a_rollout_and_no_more() {
        List<Life> crashes = SYSTEMATIC.crashes(Tale.GOOD);
        List<Life> lives = new ArrayList<>();
        for (int i = 0; i < crashes.size(); i += 12) {
            List<Life> pairs = SYSTEMATIC.pairs(crashes.get(i));
            for (int j = i % 9; j < pairs.size(); j += 9) {
                lives.add(pairs.get(j));
            }
        }
        assertThat(lives).hasSizeGreaterThan(70);
        assertThat(broken(lives)).isEmpty();
    }

    /** What {@link Moment#distinct} leaves out: moments between two writes of one invocation. */
    @Test
    void a_crash_before_one_read_ends_as_a_crash_before_the_next_one_of_the_same_invocation() {
        Life life = Tale.REGRESSED.undisturbed(ANY);
        List<Call> calls = SIMULATION.calls(life);
        int compared = 0;
        for (int n = 1; n < calls.size(); n += 7) {
            Call read = calls.get(n - 1);
            Call next = calls.get(n);
            if (!RulesWatch.writes(read) && read.invocation().equals(next.invocation())) {
                assertThat(end(life, n)).as("call %d", n).isEqualTo(end(life, n + 1));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(10);
    }

    /** All that is left of a life whose process dies before this call, but for how many calls it took. */
    private static List<Object> end(Life life, int call) {
        Played played = SIMULATION.play(life.withMishaps(List.of(new Mishap.Crash(call, Fault.Moment.BEFORE))));
        assertThat(played.faults()).isOne();
        return List.of(played.end(), played.broken(), played.rollouts());
    }

    @Test
    void of_the_moments_of_a_rollout_those_before_an_invocation_and_after_a_write_are_distinct() {
        List<Call> calls = SIMULATION.calls(Tale.GOOD.undisturbed(ANY));
        List<Moment> moments = Moment.distinct(calls, 1);

        Set<Integer> writes = moments.stream()
                .filter(moment -> moment.when() == Fault.Moment.AFTER)
                .map(Moment::call)
                .collect(Collectors.toSet());
        for (int n = 1; n <= calls.size(); n++) {
            assertThat(writes.contains(n)).isEqualTo(RulesWatch.writes(calls.get(n - 1)));
        }
        long begins = calls.stream().map(Call::invocation).distinct().count();
        assertThat(moments)
                .filteredOn(moment -> moment.when() == Fault.Moment.BEFORE)
                .hasSize((int) begins);
    }

    @Test
    void a_name_is_enough_to_make_a_systematic_life_again() {
        List<Life> lives = new ArrayList<>(SYSTEMATIC.singles(Tale.REJECTED));
        lives.add(SYSTEMATIC.pairs(SYSTEMATIC.crashes(Tale.GOOD).get(3)).getLast());

        Map<String, Life> named = lives.stream().collect(Collectors.toMap(Life::name, Function.identity()));
        assertThat(named).hasSize(lives.size());
        named.forEach((name, life) -> assertThat(Systematic.named(ANY, name)).contains(life));
        assertThat(List.of("", "worse", "good.", "good.before-0", "good.sideways-3", "good.throttled-", "good.again-x"))
                .allMatch(name -> Systematic.named(ANY, name).equals(Optional.empty()));
    }

    @Test
    void a_life_in_which_nothing_goes_wrong_is_told() {
        Findings findings = SIMULATION.run(Plan.replaying("good.before-99999"), Progress.NONE);

        assertThat(findings.faults()).isZero();
        assertThat(findings.idle()).containsExactly("good.before-99999");
    }

    /** What broke a rule, and what was to go wrong and never did: such a life shows nothing. */
    private static List<String> broken(List<Life> lives) {
        return lives.parallelStream()
                .map(SIMULATION::play)
                .filter(played -> !played.broken().isEmpty() || played.idle())
                .map(played -> played.life().lines() + ": "
                        + (played.idle()
                                ? "nothing went wrong"
                                : played.broken().getFirst()))
                .toList();
    }
}
