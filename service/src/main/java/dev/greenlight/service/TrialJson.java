package dev.greenlight.service;

import java.util.Map;
import java.util.TreeMap;

/** Writes an A/B test as the functions' settings take it. */
final class TrialJson {

    private TrialJson() {}

    static String test(Trial test) {
        return Json.object(json -> {
            switch (test.who()) {
                case Trial.Share share -> {
                    json.writeNumberField("share", share.percent());
                    json.writeStringField("sticks", share.sticks().toString());
                }
                // Whom it takes is the rule's business: the stack tells that one.
                case Audience audience -> json.writeBooleanField("audience", true);
            }
            json.writeStringField("runs", test.runs().toString());
            json.writeStringField("end", test.end().word());
            json.writeStringField("within", test.within().toString());
            json.writeStringField("otherwise", test.goesOn() ? "go-on" : "roll-back");
            json.writeNumberField("errorShare", test.bar().errorShare());
            json.writeNumberField("latencyRatio", test.bar().latencyRatio());
            json.writeNumberField("minimumRequests", test.bar().minimumRequests());
        });
    }

    static String metric(Trial.Metric metric) {
        return Json.object(json -> {
            json.writeStringField("namespace", metric.namespace());
            json.writeStringField("name", metric.name());
            json.writeStringField("side", metric.side());
            json.writeStringField("compared", metric.perRequest() ? "per-request" : "average");
            json.writeStringField("better", metric.higherIsBetter() ? "higher" : "lower");
            json.writeNumberField("tolerance", metric.tolerance());
            json.writeNumberField("minimumSamples", metric.minimumSamples());
        });
    }

    static String dimensions(Map<String, String> dimensions) {
        return Json.object(json -> {
            for (Map.Entry<String, String> one : new TreeMap<>(dimensions).entrySet()) {
                json.writeStringField(one.getKey(), one.getValue());
            }
        });
    }
}
