package dev.greenlight.domain.fleet;

/** One instance of a fleet: its EC2 id, and whether its Auto Scaling group counts it as in service. */
public record Instance(String id, boolean inService) {}
