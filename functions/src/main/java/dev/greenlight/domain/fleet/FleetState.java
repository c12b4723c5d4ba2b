package dev.greenlight.domain.fleet;

import java.util.List;

/** What one call saw of a fleet: the settings of its group, its instances, its targets. */
public record FleetState(FleetName name, Scaling scaling, List<Instance> instances, Targets targets) {

    public FleetState {
        instances = List.copyOf(instances);
    }

    public long inService() {
        return instances.stream().filter(Instance::inService).count();
    }

    /** The ids of the instances in service, in the order in which they were seen. */
    public List<String> inServiceIds() {
        return instances.stream().filter(Instance::inService).map(Instance::id).toList();
    }
}
