package dev.greenlight.sandbox.cloudformation;

import java.time.Instant;

/**
 * One line of a stack's history.
 *
 * @param resource the logical id; the stack's name for the stack itself
 * @param status for example UPDATE_FAILED
 * @param reason empty where there is none
 */
public record StackEvent(Instant at, String resource, String status, String reason) {}
