package dev.greenlight.cli.simulate;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.sandbox.fault.Call;
import java.util.stream.Stream;

/**
 * A write of Greenlight's, and what was true right before and right after it: nothing that the world did by itself lies between.
 */
record Written(Call call, Sight before, Sight now) {

    /** Whether it changed what the rules do with users' requests. */
    boolean moved() {
        return moved(before, now);
    }

    static boolean moved(Sight before, Sight now) {
        return before.open() != now.open()
                || before.sticky() != now.sticky()
                || Stream.of(FleetName.values())
                        .anyMatch(fleet -> before.side(fleet).weight()
                                        != now.side(fleet).weight()
                                || before.side(fleet).some() != now.side(fleet).some());
    }

    /** Whether it gave the fleet more of the traffic. */
    boolean raised(FleetName fleet) {
        return now.side(fleet).weight() > before.side(fleet).weight() || raisedSome(fleet);
    }

    /** Whether it gave the fleet more of an audience's. */
    boolean raisedSome(FleetName fleet) {
        return now.side(fleet).some() > before.side(fleet).some();
    }

    /** Whether it asked something of the fleet's group or of its deployment group. */
    boolean concerns(FleetName fleet) {
        return call.resource().endsWith(now.side(fleet).group().name());
    }
}
