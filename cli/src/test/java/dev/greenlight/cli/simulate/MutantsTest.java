package dev.greenlight.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * For each rule, Greenlights that break it: the simulator has to see each of them in its lives, and has to see nothing in the same
 * life of the deployed one. What it prints is the table in docs/rules.md.
 */
class MutantsTest {

    private static final Service ANY = Service.ofAllKinds();

    private static final Simulation DEPLOYED = new Simulation(ANY);

    static Stream<Mutant> mutants() {
        return Stream.of(
                        TrafficMutants.all(),
                        FleetMutants.all(),
                        RecordMutants.all(),
                        AnswerMutants.all(),
                        CallMutants.all())
                .flatMap(List::stream);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    void a_mutant_is_caught(Mutant mutant) {
        Simulation mutated = new Simulation(ANY, mutant.code());
        Lives lives = mutant.lives();
        int taken = IntStream.rangeClosed(1, lives.most())
                .filter(n -> mutant.caught(mutated.play(lives.life(n))))
                .findFirst()
                .orElseThrow(() -> new AssertionError("%s: not caught in %d lives".formatted(mutant, lives.most())));

        System.out.printf("| %d | %s | %d %s |%n", mutant.rule(), mutant.what(), taken, lives);
        assertThat(DEPLOYED.play(lives.life(taken)).broken())
                .as("the same life without the mutant")
                .isEmpty();
    }

    @Test
    void every_rule_has_a_mutant() {
        Set<Integer> rules = mutants().map(Mutant::rule).collect(Collectors.toSet());

        assertThat(rules).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    }
}
