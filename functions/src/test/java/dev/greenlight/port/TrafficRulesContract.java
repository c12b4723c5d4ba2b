package dev.greenlight.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.counterpart.GroundContract;
import dev.greenlight.counterpart.Reads;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.traffic.OwnedRule;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.RuleWish;
import dev.greenlight.domain.traffic.Trait;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/** What everything that keeps a service's production rule does, whatever listener it stands on. */
public abstract class TrafficRulesContract extends GroundContract {

    private static final String SERVICE = "contract";
    private static final String OWNER = "stack-of-contract";
    private static final int FROM = 20_000;

    private TrafficRules rules() {
        return adapters().rules();
    }

    private RuleWish wish(List<String> hosts, List<String> paths) {
        return new RuleWish(OWNER, SERVICE, ground().listener(), hosts, paths, FROM);
    }

    private RuleWish wish() {
        return wish(List.of("contract.example.com"), List.of("/shop/*"));
    }

    private static RuleWish of(String service, String listener) {
        return new RuleWish(OWNER, service, listener, List.of("contract.example.com"), List.of(), FROM);
    }

    private RuleWish forSome(String production) {
        return new RuleWish(
                OWNER,
                SERVICE,
                ground().listener(),
                List.of("contract.example.com"),
                List.of(),
                FROM,
                Optional.of(new RuleWish.Audience(
                        production,
                        List.of(
                                new Trait.Header("Cookie", List.of("*beta=yes*")),
                                new Trait.Query("beta", List.of("yes", "on")),
                                new Trait.Source(List.of("198.51.100.0/24"))))));
    }

    /** A rule of that service at a priority that was free. */
    private OwnedRule made() {
        return rules().create(wish(), free()).orElseThrow();
    }

    private int free() {
        var taken = rules().takenPriorities(ground().listener());
        return IntStream.iterate(FROM, p -> p + 1)
                .filter(p -> !taken.contains(p))
                .findFirst()
                .orElseThrow();
    }

    @AfterEach
    void leaveNothingBehind() {
        rules().standing(wish()).ifPresent(rule -> rules().delete(rule.arn()));
        rules().standing(forSome(ground().rule())).ifPresent(rule -> rules().delete(rule.arn()));
    }

    @Reads
    @Test
    void a_rule_is_found_by_its_arn_with_the_listener_that_it_stands_on() {
        OwnedRule found = rules().rule(ground().rule()).orElseThrow();
        assertThat(found.arn()).isEqualTo(ground().rule());
        assertThat(found.listener()).isEqualTo(ground().listener());
        assertThat(rules().takenPriorities(ground().listener())).contains(found.priority());
    }

    @Reads
    @Test
    void a_rule_that_is_not_there_is_not_found() {
        String gone = ground().rule().replaceAll("[0-9a-f]{16}$", "0123456789abcdef");
        assertThat(rules().rule(gone)).isEmpty();
        assertThat(rules().rule("never-made")).isEmpty();
    }

    @Reads
    @Test
    void a_service_without_a_rule_has_none_and_a_listener_that_is_gone_has_none_of_anybody() {
        assertThat(rules().standing(of("no-such-service", ground().listener()))).isEmpty();
        String gone = ground().listener().replaceAll("[0-9a-f]{16}$", "0123456789abcdef");
        assertThat(rules().standing(of(SERVICE, gone))).isEmpty();
        assertThat(rules().takenPriorities(gone)).isEmpty();
    }

    @Test
    void a_rule_that_forwards_carries_traffic_and_one_that_answers_by_itself_does_not() {
        assertThat(rules().rule(ground().rule()).orElseThrow().carriesTraffic()).isTrue();
        assertThat(rules().rule(ground().closedRule()).orElseThrow().carriesTraffic())
                .isFalse();
    }

    @Test
    void a_new_rule_is_its_services_and_answers_503_until_the_first_release() {
        OwnedRule made = made();
        assertThat(made.owner()).isEqualTo(OWNER);
        assertThat(made.carriesTraffic()).isFalse();
        assertThat(rules().standing(wish())).contains(made);
        assertThat(rules().rule(made.arn())).contains(made);
        assertThat(adapters().router(made.arn()).route().routing()).isEqualTo(new Routing.Closed());
    }

    @Test
    void a_priority_that_is_taken_is_not_taken_twice() {
        OwnedRule made = made();
        assertThat(rules().create(wish(), made.priority())).isEmpty();
    }

    @Test
    void other_hosts_and_paths_leave_the_weights_alone() {
        String rule = made().arn();
        adapters().router(rule).write(Routing.full(FleetName.B));
        rules().direct(rule, wish(List.of("contract.example.com", "shop.example.com"), List.of()));
        assertThat(adapters().router(rule).route().routing()).isEqualTo(Routing.full(FleetName.B));
        assertThat(conditions(rule)).containsExactly("host-header [contract.example.com, shop.example.com]");
    }

    @Test
    void a_rule_has_the_hosts_and_paths_that_were_wished_for() {
        assertThat(conditions(made().arn()))
                .containsExactlyInAnyOrder("host-header [contract.example.com]", "path-pattern [/shop/*]");
    }

    @Test
    void a_deleted_rule_is_gone_and_deleting_it_again_does_nothing() {
        String rule = made().arn();
        rules().delete(rule);
        assertThat(rules().rule(rule)).isEmpty();
        assertThat(rules().standing(wish())).isEmpty();
        rules().delete(rule);
    }

    @Test
    void an_audiences_rule_is_another_kind_and_begins_as_what_production_is() {
        OwnedRule production = made();
        adapters().router(production.arn()).write(Routing.full(FleetName.B));
        OwnedRule audience = rules().create(forSome(production.arn()), free()).orElseThrow();
        assertThat(rules().standing(wish())).map(OwnedRule::arn).contains(production.arn());
        assertThat(rules().standing(forSome(production.arn()))).contains(audience);
        assertThat(adapters().router(audience.arn()).route().routing()).isEqualTo(Routing.full(FleetName.B));
        assertThat(traits(audience.arn()))
                .containsExactlyInAnyOrder("http-header", "query-string", "source-ip", "host-header");
    }

    @Test
    void an_audiences_rule_that_is_new_does_what_production_was_told_meanwhile_and_later_only_what_it_is_told() {
        OwnedRule production = made();
        adapters().router(production.arn()).write(Routing.full(FleetName.B));
        String audience =
                rules().create(forSome(production.arn()), free()).orElseThrow().arn();
        adapters().router(production.arn()).write(Routing.full(FleetName.A));
        rules().follow(audience, production.arn());
        assertThat(adapters().router(audience).route().routing()).isEqualTo(Routing.full(FleetName.A));

        adapters().router(audience).write(Routing.full(FleetName.B));
        rules().direct(audience, forSome(production.arn()));
        assertThat(adapters().router(audience).route().routing()).isEqualTo(Routing.full(FleetName.B));
    }

    private List<String> traits(String rule) {
        return ground()
                .clients()
                .loadBalancing()
                .describeRules(r -> r.ruleArns(rule))
                .rules()
                .getFirst()
                .conditions()
                .stream()
                .map(RuleCondition::field)
                .toList();
    }

    private List<String> conditions(String rule) {
        return ground()
                .clients()
                .loadBalancing()
                .describeRules(r -> r.ruleArns(rule))
                .rules()
                .getFirst()
                .conditions()
                .stream()
                .map(c -> c.field() + " "
                        + (c.hostHeaderConfig() != null
                                ? c.hostHeaderConfig().values()
                                : c.pathPatternConfig().values()))
                .toList();
    }
}
