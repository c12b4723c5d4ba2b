package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.traffic.OwnedRule;
import dev.greenlight.domain.traffic.RuleWish;
import dev.greenlight.domain.traffic.Trait;
import dev.greenlight.port.TrafficRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OwnTrafficRuleTest {

    private static final RuleWish WISH =
            new RuleWish("stack-1", "checkout", "listener-1", List.of("checkout.example.com"), List.of(), 102);

    @Test
    void a_priority_that_another_takes_between_look_and_write_gives_way_to_the_next() {
        assertThat(new OwnTrafficRule(new ContestedRules(2)).create(WISH))
                .isEqualTo(new OwnTrafficRule.Result.Stands(rule(104)));
    }

    @Test
    void a_race_that_is_lost_again_and_again_is_given_up() {
        ContestedRules contested = new ContestedRules(100);

        assertThat(new OwnTrafficRule(contested).create(WISH))
                .isInstanceOfSatisfying(
                        OwnTrafficRule.Result.Refused.class,
                        refused -> assertThat(refused.reason()).contains("5 times in a row"));
        assertThat(contested.taken).containsExactly(102, 103, 104, 105, 106);
    }

    @Test
    void the_last_priority_that_there_is_is_taken_if_no_other_is_free() {
        ContestedRules nearlyFull = new ContestedRules(0);
        for (int priority = 102; priority < RuleWish.LAST_PRIORITY; priority++) {
            nearlyFull.taken.add(priority);
        }

        assertThat(new OwnTrafficRule(nearlyFull).create(WISH))
                .isEqualTo(new OwnTrafficRule.Result.Stands(rule(RuleWish.LAST_PRIORITY)));
    }

    /** The answer to a creation was lost, so that nobody knows the rule's ARN; another installation has one of the same service. */
    @Test
    void a_rule_that_another_installation_made_is_not_deleted_for_one_that_was_never_known() {
        ContestedRules rules = new ContestedRules(0);
        rules.standing = Optional.of(new OwnedRule("rule-2", "listener-1", "stack-2", 102, false));
        assertThat(new OwnTrafficRule(rules).delete("never-made", WISH, true))
                .isEqualTo(new OwnTrafficRule.Result.Gone());
        assertThat(rules.deleted).isEmpty();

        rules.standing = Optional.of(rule(102));
        new OwnTrafficRule(rules).delete("never-made", WISH, true);
        assertThat(rules.deleted).containsExactly("rule-1");
    }

    @Test
    void a_listener_without_a_free_priority_is_told() {
        ContestedRules full = new ContestedRules(0);
        for (int priority = 102; priority <= RuleWish.LAST_PRIORITY; priority++) {
            full.taken.add(priority);
        }
        assertThat(new OwnTrafficRule(full).create(WISH))
                .isEqualTo(new OwnTrafficRule.Result.Refused("no priority from 102 on is free"));
    }

    private static RuleWish forSome() {
        return new RuleWish(
                "stack-1",
                "checkout",
                "listener-1",
                List.of("checkout.example.com"),
                List.of(),
                102,
                Optional.of(
                        new RuleWish.Audience("production-1", List.of(new Trait.Header("X-Beta", List.of("yes"))))));
    }

    @Test
    void an_audiences_rule_stands_before_production_and_does_what_that_does_by_now() {
        ContestedRules rules = new ContestedRules(1);
        rules.production = Optional.of(new OwnedRule("production-1", "listener-1", "stack-1", 104, true));

        assertThat(new OwnTrafficRule(rules).create(forSome())).isEqualTo(new OwnTrafficRule.Result.Stands(rule(103)));
        assertThat(rules.followed).containsExactly("rule-1 as production-1");
    }

    @Test
    void where_there_is_no_room_before_production_the_way_to_some_is_told() {
        ContestedRules rules = new ContestedRules(0);
        rules.production = Optional.of(new OwnedRule("production-1", "listener-1", "stack-1", 102, true));

        assertThat(new OwnTrafficRule(rules).create(forSome()))
                .isInstanceOfSatisfying(
                        OwnTrafficRule.Result.Refused.class,
                        refused -> assertThat(refused.reason())
                                .contains("before the production rule's, 102", "RuleArn=production-1,Priority=103"));
        rules.production = Optional.empty();
        assertThat(new OwnTrafficRule(rules).create(forSome()))
                .isEqualTo(new OwnTrafficRule.Result.Refused("the production rule is gone: production-1"));
    }

    /** Its requests are production's from then on. */
    @Test
    void an_audiences_rule_goes_although_it_carries_traffic() {
        ContestedRules rules = new ContestedRules(0);
        rules.standing = Optional.of(new OwnedRule("rule-3", "listener-1", "stack-1", 103, true));

        assertThat(new OwnTrafficRule(rules).delete("never-known", forSome(), false))
                .isEqualTo(new OwnTrafficRule.Result.Gone());
        assertThat(rules.deleted).containsExactly("rule-3");
    }

    private static OwnedRule rule(int priority) {
        return new OwnedRule("rule-1", "listener-1", "stack-1", priority, false);
    }

    /** Somebody else takes the first priorities right before they are written. */
    private static final class ContestedRules implements TrafficRules {

        private final Set<Integer> taken = new TreeSet<>();
        private final int lost;
        private final List<String> deleted = new ArrayList<>();
        private Optional<OwnedRule> standing = Optional.empty();
        private Optional<OwnedRule> production = Optional.empty();
        private final List<String> followed = new ArrayList<>();

        ContestedRules(int lost) {
            this.lost = lost;
        }

        @Override
        public Optional<OwnedRule> rule(String arn) {
            return production.filter(rule -> rule.arn().equals(arn));
        }

        @Override
        public Optional<OwnedRule> standing(RuleWish wish) {
            return standing;
        }

        @Override
        public Set<Integer> takenPriorities(String listener) {
            return taken;
        }

        @Override
        public Optional<OwnedRule> create(RuleWish wish, int priority) {
            boolean late = taken.size() < lost;
            taken.add(priority);
            return late ? Optional.empty() : Optional.of(OwnTrafficRuleTest.rule(priority));
        }

        @Override
        public void follow(String arn, String other) {
            followed.add(arn + " as " + other);
        }

        @Override
        public void direct(String arn, RuleWish wish) {
            throw new AssertionError("there is nothing to direct");
        }

        @Override
        public void delete(String arn) {
            deleted.add(arn);
        }
    }
}
