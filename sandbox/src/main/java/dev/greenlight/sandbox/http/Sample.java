package dev.greenlight.sandbox.http;

import dev.greenlight.sandbox.world.Mirror;
import dev.greenlight.sandbox.world.Request;
import dev.greenlight.sandbox.world.World;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Which requests instances copy: each is drawn for itself, as nginx does by a request's id. Here they are GETs only. */
record Sample(World world) {

    Optional<Request> of(Request request) {
        Optional<Mirror> mirror = world.mirror();
        return mirror.filter(copies -> request.method().equals("GET"))
                .filter(copies -> ThreadLocalRandom.current().nextInt(100) < copies.share())
                .flatMap(copies -> world.copyOf(request));
    }
}
