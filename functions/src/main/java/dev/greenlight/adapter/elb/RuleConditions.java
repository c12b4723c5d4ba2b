package dev.greenlight.adapter.elb;

import dev.greenlight.domain.traffic.RuleWish;
import dev.greenlight.domain.traffic.Trait;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.QueryStringKeyValuePair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/** What a rule asks of a request: all conditions hold, each by one of its values. Follows "Condition types for listener rules". */
final class RuleConditions {

    private RuleConditions() {}

    static List<RuleCondition> of(RuleWish wish) {
        List<RuleCondition> conditions = new ArrayList<>();
        conditions.add(RuleCondition.builder()
                .field("host-header")
                .hostHeaderConfig(h -> h.values(wish.hosts()))
                .build());
        if (!wish.paths().isEmpty()) {
            conditions.add(RuleCondition.builder()
                    .field("path-pattern")
                    .pathPatternConfig(p -> p.values(wish.paths()))
                    .build());
        }
        wish.audience().ifPresent(audience -> audience.traits().forEach(trait -> conditions.add(of(trait))));
        return conditions;
    }

    private static RuleCondition of(Trait trait) {
        return switch (trait) {
            case Trait.Header header ->
                RuleCondition.builder()
                        .field("http-header")
                        .httpHeaderConfig(h -> h.httpHeaderName(header.name()).values(header.values()))
                        .build();
            case Trait.Query query ->
                RuleCondition.builder()
                        .field("query-string")
                        .queryStringConfig(q -> q.values(query.values().stream()
                                .map(value -> QueryStringKeyValuePair.builder()
                                        .key(query.key())
                                        .value(value)
                                        .build())
                                .toList()))
                        .build();
            case Trait.Source source ->
                RuleCondition.builder()
                        .field("source-ip")
                        .sourceIpConfig(s -> s.values(source.values()))
                        .build();
        };
    }
}
