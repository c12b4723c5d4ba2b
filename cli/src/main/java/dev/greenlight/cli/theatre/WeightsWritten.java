package dev.greenlight.cli.theatre;

import java.time.Instant;

/** One write to the production rule: percent of requests for fleet A and fleet B from then on. */
public record WeightsWritten(Instant at, int a, int b) {}
