package dev.greenlight.cli.simulate;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.sandbox.fault.Call;
import java.util.List;

/**
 * A person's call to RollBack, and what was true right before and right after it: nothing that the world did by itself lies between.
 *
 * @param answer what the person was told
 * @param calls what it asked of AWS
 * @param steady whether all that it could read, if late, was as before for as long as reads may lag
 * @param lags whether reads lag
 */
record Asked(String answer, List<Call> calls, Sight before, Sight now, boolean steady, boolean lags) {

    Asked {
        calls = List.copyOf(calls);
    }

    /** Whether the load balancer, which is all that it needs, did what it was asked. */
    boolean routed() {
        return calls.stream()
                .allMatch(call -> call.ok() || !call.service().equals("elasticloadbalancing") && !died(call));
    }

    /** Whether everything did. */
    boolean undisturbed() {
        return calls.stream().allMatch(Call::ok);
    }

    private static boolean died(Call call) {
        return call.outcome().equals(Call.CRASHED);
    }

    /** Whether the person is told to call again, because what was written cannot be seen yet. */
    boolean unseen() {
        return lags && answer.contains("call again");
    }

    /** Whether the fleet has everything now, for every client. */
    boolean everythingOn(FleetName fleet) {
        return now.side(fleet).hasAll()
                && !now.side(fleet.other()).hasUsers()
                && now.sticky().isEmpty();
    }
}
