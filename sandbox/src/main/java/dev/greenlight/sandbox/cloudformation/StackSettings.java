package dev.greenlight.sandbox.cloudformation;

import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.lambda.SimulatedLambda;
import dev.greenlight.sandbox.world.Account;
import java.util.Map;

/**
 * What a stack works with.
 *
 * @param kinds what exists in more than name, by type
 * @param paper ids of what does not
 * @param parameters values of the template's own parameters
 */
public record StackSettings(
        String name,
        Account account,
        SandboxClock clock,
        SimulatedLambda lambda,
        Map<String, ResourceKind> kinds,
        Physical paper,
        Map<String, String> parameters) {

    public StackSettings {
        kinds = Map.copyOf(kinds);
        parameters = Map.copyOf(parameters);
    }
}
