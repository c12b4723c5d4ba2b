package dev.greenlight.cli.theatre;

import java.time.Instant;

/**
 * One decision of a hook, as its journal told it.
 *
 * @param at wall time
 * @param sandboxAt sandbox time
 * @param decision a short word or two for what was decided: begin, scale, hold, shift, promote, roll back, reject and the like
 * @param routing what the production rule showed
 */
public record Told(Instant at, Instant sandboxAt, String decision, String reason, String routing) {}
