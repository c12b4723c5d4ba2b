package dev.greenlight.cli.simulate;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.greenlight.adapter.lambda.RollBackHandler;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;

/** Mutants that do not do what they are called for: rule 3, and 1 of what an alarm's event asks. */
final class CallMutants {

    private CallMutants() {}

    static List<Mutant> all() {
        return List.of(
                deaf(
                        3,
                        "a person's rollback is refused",
                        "a person asked for a rollback",
                        event -> event.contains("by hand"),
                        "{\"outcome\":\"failed\",\"message\":\"blue is retired\",\"failure\":\"ROLLOUT\"}"),
                deaf(
                        3,
                        "a person's rollback is said to be done, and is not",
                        "a person asked for a rollback",
                        event -> event.contains("by hand"),
                        "{\"outcome\":\"done\",\"message\":\"all traffic is back on blue\"}"));
    }

    /** RollBack answers such events and does nothing. */
    private static Mutant deaf(int rule, String what, String seen, Predicate<String> events, String answer) {
        return Mutant.handling(rule, what, seen, RollBackHandler.class, function -> deaf(function, events, answer));
    }

    private static RequestStreamHandler deaf(Mutant.Handling function, Predicate<String> events, String answer) {
        return (input, output, context) -> {
            byte[] event = input.readAllBytes();
            if (events.test(new String(event, StandardCharsets.UTF_8))) {
                output.write(answer.getBytes(StandardCharsets.UTF_8));
            } else {
                function.deployed().handleRequest(new ByteArrayInputStream(event), output, context);
            }
        };
    }
}
