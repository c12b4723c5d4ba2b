package dev.greenlight.domain.rollout;

import java.time.Instant;

/** One line of a rollout's history: when, what, and why with its numbers. */
public record Event(Instant at, String what, String why) {}
