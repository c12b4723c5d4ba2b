package dev.greenlight.domain.rollout;

import dev.greenlight.domain.traffic.Routing;

/** The production rule as one call read it: what it does, and what it remembers. */
public record Route(Routing routing, RuleTags tags) {}
