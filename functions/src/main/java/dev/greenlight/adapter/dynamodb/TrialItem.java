package dev.greenlight.adapter.dynamodb;

import dev.greenlight.domain.strategy.Trial;
import java.util.Map;
import java.util.TreeMap;

/** An A/B test in the record of a rollout. */
final class TrialItem {

    private TrialItem() {}

    static NewItem write(Trial trial) {
        NewItem item = new NewItem()
                .optional("sticks", trial.sticks())
                .text("end", trial.end())
                .text("errorShare", trial.bar().errorShare())
                .text("latencyRatio", trial.bar().latencyRatio())
                .number("minimumRequests", trial.bar().minimumRequests());
        trial.metric().ifPresent(metric -> item.item("metric", metric(metric)));
        return item;
    }

    private static NewItem metric(Trial.Metric metric) {
        NewItem dimensions = new NewItem();
        new TreeMap<>(metric.dimensions()).forEach(dimensions::text);
        return new NewItem()
                .text("namespace", metric.namespace())
                .text("name", metric.name())
                .text("side", metric.side())
                .item("dimensions", dimensions)
                .text("counted", metric.counted())
                .flag("higherIsBetter", metric.higherIsBetter())
                .text("tolerance", metric.tolerance())
                .number("minimumSamples", metric.minimumSamples());
    }

    static Trial read(Item item) {
        return new Trial(
                item.optionalDuration("sticks"),
                item.oneOf(Trial.End.class, "end"),
                new Trial.Bar(
                        item.fraction("errorShare"), item.fraction("latencyRatio"), item.number("minimumRequests")),
                item.optionalItem("metric").map(TrialItem::metric));
    }

    private static Trial.Metric metric(Item item) {
        Map<String, String> dimensions = new TreeMap<>();
        Item named = item.item("dimensions");
        named.attributes().keySet().forEach(name -> dimensions.put(name, named.text(name)));
        return new Trial.Metric(
                item.text("namespace"),
                item.text("name"),
                item.text("side"),
                dimensions,
                item.oneOf(Trial.Counted.class, "counted"),
                item.flag("higherIsBetter"),
                item.fraction("tolerance"),
                item.number("minimumSamples"));
    }
}
