package dev.greenlight.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What instances with a {@link Mirror} make of the requests that they got, in the modelled data plane. Guarded by the world's lock. */
final class Copies {

    private final World world;
    private final ModelledDataPlane plane;
    private double owed;

    Copies(World world, ModelledDataPlane plane) {
        this.world = world;
        this.plane = plane;
    }

    /** Sends the copies of so many requests that instances got; the balancer's rules say what becomes of them. */
    void of(Request request, long times) {
        Optional<Request> copy = world.copyOf(request);
        if (copy.isEmpty()) {
            return;
        }
        owed += times * world.mirror().orElseThrow().share() / 100.0;
        long copies = (long) Math.floor(owed + 1e-9);
        owed -= copies;
        Instant now = world.clock().instant();
        for (long i = 0; i < copies; i++) {
            send(world.balancer().choose(copy.get(), now));
        }
    }

    private void send(Choice choice) {
        switch (choice) {
            case Choice.Fixed fixed -> world.answered(fixed, fixed.status(), Duration.ZERO, false, 1);
            case Choice.NoTarget none -> world.answered(none, none.status(), Duration.ZERO, true, 1);
            case Choice.Target target -> plane.serveCopies(target, plane.serving(target.instanceId()), 1);
        }
    }
}
