package dev.greenlight.cli.installed;

import java.time.Instant;

/**
 * One line of the hooks' journal, as an operator would find it in the logs.
 *
 * @param at sandbox time
 * @param rollout empty where the line names none
 * @param decision one of the field's words
 */
public record Journaled(Instant at, String rollout, String decision, String reason, String routing) {}
