package dev.greenlight.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;

/**
 * What a call brings along, for IAM's simulation, which knows nothing by itself: without the region, a boundary that asks for it denies
 * everything ("AWS global condition context keys", user guide).
 */
final class Context {

    private Context() {}

    /** What every call of the role brings, and what the statement's conditions ask about, as they would have it. */
    static List<ContextEntry> of(String role, String region, JsonNode conditions) {
        String account = role.split(":", 6)[4];
        Map<String, ContextEntry> entries = new TreeMap<>();
        List.of(
                        text("aws:RequestedRegion", region),
                        text("aws:PrincipalArn", role),
                        text("aws:PrincipalAccount", account),
                        text("aws:ResourceAccount", account),
                        entry("aws:SecureTransport", ContextKeyTypeEnum.BOOLEAN, List.of("true")))
                .forEach(entry -> put(entries, entry));
        conditions
                .properties()
                .forEach(operator -> operator.getValue()
                        .properties()
                        .forEach(key ->
                                put(entries, asked(operator.getKey(), key.getKey(), Policies.texts(key.getValue())))));
        return List.copyOf(entries.values());
    }

    /** Keys know no case. */
    private static void put(Map<String, ContextEntry> entries, ContextEntry entry) {
        entries.put(entry.contextKeyName().toLowerCase(Locale.ROOT), entry);
    }

    private static ContextEntry text(String key, String value) {
        return entry(key, ContextKeyTypeEnum.STRING, List.of(value));
    }

    private static ContextEntry asked(String operator, String key, List<String> values) {
        boolean several = operator.startsWith("ForAllValues:") || operator.startsWith("ForAnyValue:");
        ContextKeyTypeEnum type = operator.startsWith("Bool")
                ? ContextKeyTypeEnum.BOOLEAN
                : several ? ContextKeyTypeEnum.STRING_LIST : ContextKeyTypeEnum.STRING;
        return entry(key, type, several ? values : values.subList(0, 1));
    }

    private static ContextEntry entry(String key, ContextKeyTypeEnum type, List<String> values) {
        return ContextEntry.builder()
                .contextKeyName(key)
                .contextKeyType(type)
                .contextKeyValues(values)
                .build();
    }
}
