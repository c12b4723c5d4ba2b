package dev.greenlight.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.counterpart.GroundContract;
import dev.greenlight.counterpart.Reads;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.traffic.OwnedRule;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.RuleWish;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
        rules().ofService(ground().listener(), SERVICE).ifPresent(rule -> rules().delete(rule.arn()));
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
        assertThat(rules().ofService(ground().listener(), "no-such-service")).isEmpty();
        String gone = ground().listener().replaceAll("[0-9a-f]{16}$", "0123456789abcdef");
        assertThat(rules().ofService(gone, SERVICE)).isEmpty();
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
        assertThat(rules().ofService(ground().listener(), SERVICE)).contains(made);
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
        assertThat(rules().ofService(ground().listener(), SERVICE)).isEmpty();
        rules().delete(rule);
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
