package dev.greenlight.adapter.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.adapter.SandboxFleets;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.traffic.ClosedAnswer;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.Weights;
import dev.greenlight.port.CallFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/** Two rules that move together: the audience's is on green alone for a test's time, and for as long as a call takes. */
class AudienceRuleTest {

    private static final Routing ON_A = Routing.full(FleetName.A);
    private static final Routing ON_B = Routing.full(FleetName.B);
    private static final Routing TEST = new Routing.Audience(FleetName.B);

    private final SandboxFleets world = SandboxFleets.serving(2);
    private final Watched elb = new Watched();
    private String audience;
    private AlbTrafficRouter router;

    @BeforeEach
    void a_rule_for_the_audience_stands_above_the_production_rule() {
        audience = world.sandbox()
                .elb()
                .createRule(r -> r.listenerArn(world.listener())
                        .priority(7)
                        .conditions(RuleCondition.builder()
                                .field("http-header")
                                .httpHeaderConfig(
                                        h -> h.httpHeaderName("X-Beta").values("yes"))
                                .build())
                        .actions(Action.builder()
                                .type(ActionTypeEnum.FIXED_RESPONSE)
                                .fixedResponseConfig(f -> f.statusCode("503"))
                                .build()))
                .rules()
                .getFirst()
                .ruleArn();
        only(audience).write(ON_A);
        router = new AlbTrafficRouter(
                elb, world.aws(), world.rule(), Optional.of(audience), world.a(), world.b(), ClosedAnswer.USUAL);
    }

    private AlbTrafficRouter only(String rule) {
        return new AlbTrafficRouter(world.sandbox().elb(), world.aws(), rule, world.a(), world.b());
    }

    private Routing routing() {
        return router.route().routing();
    }

    @Test
    void at_rest_both_do_the_same_and_one_call_sees_it() {
        assertThat(routing()).isEqualTo(ON_A);
        assertThat(elb.described).isEqualTo(1);
    }

    @Test
    void a_test_begins_with_one_write_to_the_audiences_rule() {
        router.shift(TEST);
        assertThat(elb.written).containsExactly(audience);
        assertThat(routing()).isEqualTo(TEST);
        assertThat(only(world.rule()).route().routing()).isEqualTo(ON_A);
    }

    @Test
    void green_gets_everybody_by_two_writes_of_which_the_audiences_is_the_first() {
        router.shift(ON_B);
        assertThat(elb.written).containsExactly(audience, world.rule());
        assertThat(routing()).isEqualTo(ON_B);
    }

    @Test
    void the_way_back_is_production_first() {
        router.shift(ON_B);
        elb.written.clear();
        router.write(ON_A);
        assertThat(elb.written).containsExactly(world.rule(), audience);
        assertThat(routing()).isEqualTo(ON_A);
    }

    @Test
    void whoever_dies_between_the_two_leaves_a_test_that_the_next_call_can_end() {
        elb.diesAfter = 1;
        assertThatThrownBy(() -> router.shift(ON_B)).isInstanceOf(IllegalStateException.class);
        assertThat(routing()).isEqualTo(TEST);

        elb.diesAfter = Integer.MAX_VALUE;
        router.shift(ON_B);
        elb.diesAfter = elb.written.size() + 1;
        assertThatThrownBy(() -> router.write(ON_A)).isInstanceOf(IllegalStateException.class);
        assertThat(routing()).isEqualTo(TEST);

        elb.diesAfter = Integer.MAX_VALUE;
        router.write(ON_A);
        assertThat(routing()).isEqualTo(ON_A);
    }

    @Test
    void what_a_hand_made_of_either_is_seen() {
        only(audience).write(new Routing.Weighted(new Weights(50, 50)));
        assertThat(routing()).isInstanceOf(Routing.Foreign.class);
        // A rollback writes over it, for whom it leads to is known.
        assertThat(routing().routesTo(FleetName.B)).isTrue();
        only(audience).write(ON_A);
        only(world.rule()).write(new Routing.Weighted(new Weights(50, 50)));
        assertThat(routing()).isInstanceOf(Routing.Foreign.class);
        only(world.rule()).write(ON_B);
        assertThat(routing()).isEqualTo(new Routing.Audience(FleetName.A));
    }

    /** RollBack needs the production rule, and nobody else's good will. */
    @Test
    void an_audiences_rule_that_somebody_deleted_stands_in_no_ones_way() {
        router.shift(ON_B);
        world.sandbox().elb().deleteRule(r -> r.ruleArn(audience));
        assertThat(routing()).isEqualTo(ON_B);
        router.write(ON_A);
        assertThat(routing()).isEqualTo(ON_A);
    }

    @Test
    void where_there_is_no_rule_for_an_audience_no_test_of_one_begins() {
        AlbTrafficRouter without = only(world.rule());
        assertThatThrownBy(() -> without.shift(TEST))
                .isInstanceOf(CallFailed.class)
                .hasMessageContaining("there is no rule for the audience");
        assertThatThrownBy(() -> router.write(TEST)).isInstanceOf(IllegalArgumentException.class);
    }

    /** The audience's fleet was taken for everybody's. */
    @Test
    void rules_that_are_answered_without_their_names_are_not_taken_for_each_other() {
        router.shift(TEST);
        elb.nameless = true;
        assertThatThrownBy(this::routing).isInstanceOf(CallFailed.class).hasMessageContaining("RuleArn");
    }

    /** It was a write that nobody made, and a release that waited for it to show. */
    @Test
    void where_somebody_deleted_it_no_test_begins_either() {
        world.sandbox().elb().deleteRule(r -> r.ruleArn(audience));
        assertThat(routing()).isEqualTo(ON_A);
        assertThatThrownBy(() -> router.shift(TEST))
                .isInstanceOf(CallFailed.class)
                .hasMessageContaining("there is no rule for the audience");
    }

    /** The sandbox's load balancing, with a count, until a call dies after so many writes. */
    private final class Watched implements ElasticLoadBalancingV2Client {

        private final List<String> written = new ArrayList<>();
        private int described;
        private boolean nameless;
        private int diesAfter = Integer.MAX_VALUE;

        @Override
        public DescribeRulesResponse describeRules(DescribeRulesRequest request) {
            described++;
            DescribeRulesResponse answer = world.sandbox().elb().describeRules(request);
            return nameless
                    ? answer.toBuilder()
                            .rules(answer.rules().stream()
                                    .map(rule -> rule.toBuilder().ruleArn(null).build())
                                    .toList())
                            .build()
                    : answer;
        }

        @Override
        public DescribeTagsResponse describeTags(DescribeTagsRequest request) {
            return world.sandbox().elb().describeTags(request);
        }

        @Override
        public ModifyRuleResponse modifyRule(ModifyRuleRequest request) {
            if (written.size() >= diesAfter) {
                throw new IllegalStateException("the function died");
            }
            written.add(request.ruleArn());
            return world.sandbox().elb().modifyRule(request);
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // It holds nothing that has to be given back.
        }
    }
}
