package dev.greenlight.cli.demo;

import java.time.Instant;

/**
 * One decision of a hook, as its journal told it.
 *
 * @param at wall time
 * @param sandboxAt sandbox time
 * @param decision one of the field's words: begin, scale, hold, shift, promote, roll back, reject, retire, refuse
 * @param routing what the production rule showed
 */
public record Told(Instant at, Instant sandboxAt, String decision, String reason, String routing) {}
