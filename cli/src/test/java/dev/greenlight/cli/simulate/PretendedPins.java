package dev.greenlight.cli.simulate;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.port.Fleets;
import java.util.EnumMap;
import java.util.Map;

/** Fleets that say that they have the minimum that they were to get, whatever they got. */
class PretendedPins extends AlteredFleets {

    private final Map<FleetName, Integer> wished;

    /** @param wished what they pretend; all functions of a life share it */
    PretendedPins(Fleets deployed, Map<FleetName, Integer> wished) {
        super(deployed);
        this.wished = wished;
    }

    final void pretend(FleetName fleet, int minimum) {
        wished.put(fleet, minimum);
    }

    final void tellTheTruth(FleetName fleet) {
        wished.remove(fleet);
    }

    @Override
    public Map<FleetName, Group> groups() {
        Map<FleetName, Group> seen = new EnumMap<>(super.groups());
        wished.forEach((fleet, minimum) -> seen.computeIfPresent(
                fleet,
                (name, group) -> new Group(
                        new Scaling(
                                Math.min(minimum, group.scaling().desired()),
                                group.scaling().desired(),
                                group.scaling().maximum(),
                                group.scaling().suspended()),
                        group.source(),
                        group.instances())));
        return seen;
    }
}
