package dev.greenlight.sandbox.cloudwatch;

import java.util.Map;
import java.util.Objects;

/** The identity of a metric: namespace, name and all of its dimensions. */
public record Metric(String namespace, String name, Map<String, String> dimensions) {

    public Metric {
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(name, "name");
        dimensions = Map.copyOf(dimensions);
    }
}
