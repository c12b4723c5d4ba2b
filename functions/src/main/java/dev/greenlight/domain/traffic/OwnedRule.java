package dev.greenlight.domain.traffic;

/**
 * A rule that carries weights, as it stands.
 *
 * @param listener ARN of the listener on which it stands
 * @param owner the installation that made it; empty where nobody says so
 * @param carriesTraffic whether it sends requests to any target group
 */
public record OwnedRule(String arn, String listener, String owner, int priority, boolean carriesTraffic) {}
