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

    /** How many instances its group counts towards its size: those in service, and those that are being launched. */
    public int counted() {
        return Math.toIntExact(instances.stream()
                .filter(instance -> instance.inService() || instance.launching())
                .count());
    }

    /**
     * How many instances have yet to leave before the group has the size that it was given. Where no launch succeeds, the group ends one
     * and begins another without end: of a group that is to have some, neither what is being launched counts, nor what leaves behind nobody
     * in service.
     */
    public long leaving() {
        if (scaling.desired() == 0) {
            return instances.size();
        }
        long there =
                instances.stream().filter(instance -> !instance.launching()).count();
        return inService() == 0 ? 0 : Math.max(0, there - scaling.desired());
    }

    /** The ids of the instances in service, in the order in which they were seen. */
    public List<String> inServiceIds() {
        return instances.stream().filter(Instance::inService).map(Instance::id).toList();
    }
}
