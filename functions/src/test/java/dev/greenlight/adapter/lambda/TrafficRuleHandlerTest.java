package dev.greenlight.adapter.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.adapter.SandboxFleets;
import dev.greenlight.adapter.elb.AlbTrafficRouter;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.sandbox.fault.Fault;
import dev.greenlight.sandbox.world.Action;
import dev.greenlight.sandbox.world.Condition;
import dev.greenlight.sandbox.world.Rule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrafficRuleHandlerTest {

    private static final String LISTENER =
            "arn:aws:elasticloadbalancing:ap-northeast-2:123456789012:listener/app/checkout/0123456789abcdef/fedcba9876543210";
    private static final String RULE =
            "arn:aws:elasticloadbalancing:ap-northeast-2:123456789012:listener-rule/app/checkout/0123456789abcdef/fedcba9876543210/00112233445566aa";
    private static final Pattern ID = Pattern.compile("\"PhysicalResourceId\":\"([^\"]+)\"");

    private final SandboxFleets world = SandboxFleets.beforeFirstRelease();
    private final RecordingStack stack = new RecordingStack(world);
    private final TrafficRuleHandler handler = new TrafficRuleHandler(() -> stack);

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void creating_makes_a_rule_that_answers_503_until_the_first_release() {
        Rule made = rule(created());
        assertThat(made.priority()).contains(102);
        assertThat(made.conditions()).containsExactly(new Condition.Host(List.of("checkout.example.com")));
        assertThat(made.action()).isEqualTo(new Action.Fixed(503, "text/plain", "no release yet"));
        assertThat(lastAnswer()).contains("\"Status\":\"SUCCESS\"", "\"Data\":{\"Priority\":\"102\"}");
    }

    @Test
    void the_answer_has_the_shape_that_cloudformation_reads() {
        created();
        assertThat(lastAnswer())
                .contains(
                        "\"StackId\":\"arn:aws:cloudformation:ap-northeast-2:123456789012:stack/greenlight-checkout/",
                        "\"RequestId\":\"5b0f6a1c-1d2e-4f3a-8b4c-9d0e1f2a3b4c\"",
                        "\"LogicalResourceId\":\"Production7A1B2C3D\"",
                        "\"PhysicalResourceId\":\"arn:");
    }

    @Test
    void a_priority_that_is_taken_gives_way_to_the_next_free_one() {
        occupy(102);
        occupy(103);
        assertThat(rule(created()).priority()).contains(104);
    }

    @Test
    void creating_twice_makes_one_rule() {
        String first = created();
        int rules = world.sandbox().world().rules().size();
        assertThat(created()).isEqualTo(first);
        assertThat(world.sandbox().world().rules()).hasSize(rules);
    }

    @Test
    void the_rule_of_another_installation_is_not_taken_over() {
        created();
        String other = event("cloudformation-create.json", "").replace("8d1f2c30", "00000000");
        call(other);
        assertThat(lastAnswer()).contains("FAILED", "has a production rule of service checkout already");
    }

    @Test
    void an_update_changes_hosts_and_paths_and_keeps_the_weights() {
        String rule = created();
        serve(rule, FleetName.B);
        assertThat(lastAnswerOf("cloudformation-update.json", rule)).contains("SUCCESS", rule);
        assertThat(rule(rule).conditions())
                .containsExactly(
                        new Condition.Host(List.of("checkout.example.com", "shop.example.com")),
                        new Condition.Path(List.of("/shop/*")));
        assertThat(router(rule).route().routing()).isEqualTo(Routing.full(FleetName.B));
    }

    @Test
    void a_hundred_rollouts_between_two_updates_leave_the_rule_where_the_last_one_put_it() {
        String rule = created();
        lastAnswerOf("cloudformation-update.json", rule);
        for (int i = 0; i < 100; i++) {
            serve(rule, i % 2 == 0 ? FleetName.A : FleetName.B);
        }
        assertThat(lastAnswerOf("cloudformation-update.json", rule)).contains(rule);
        assertThat(router(rule).route().routing()).isEqualTo(Routing.full(FleetName.B));
    }

    @Test
    void an_update_that_is_rolled_back_brings_the_old_conditions_and_no_old_weights() {
        String rule = created();
        lastAnswerOf("cloudformation-update.json", rule);
        serve(rule, FleetName.A);
        String back = event("cloudformation-create.json", "")
                .replace("\"Create\"", "\"Update\"")
                .replace("\"LogicalResourceId\"", "\"PhysicalResourceId\":\"" + rule + "\",\"LogicalResourceId\"");
        call(back);
        assertThat(lastAnswer()).contains("SUCCESS", rule);
        assertThat(rule(rule).conditions()).containsExactly(new Condition.Host(List.of("checkout.example.com")));
        assertThat(router(rule).route().routing()).isEqualTo(Routing.full(FleetName.A));
    }

    @Test
    void a_rule_does_not_move_to_another_listener() {
        String rule = created();
        String moved = event("cloudformation-update.json", rule)
                .replace(
                        "\"ListenerArn\": \"" + world.site().loadBalancer().listenerArn(),
                        "\"ListenerArn\": \"" + LISTENER);
        call(moved);
        assertThat(lastAnswer()).contains("FAILED", "cannot move to another listener", rule);
    }

    @Test
    void a_rule_that_somebody_deleted_is_made_anew() {
        String rule = created();
        world.sandbox().world().deleteRule(rule);
        String answer = lastAnswerOf("cloudformation-update.json", rule);
        assertThat(answer).contains("SUCCESS").doesNotContain(rule);
    }

    @Test
    void a_rule_that_carries_traffic_is_not_deleted() {
        String rule = created();
        serve(rule, FleetName.A);
        assertThat(lastAnswerOf("cloudformation-delete.json", rule)).contains("FAILED", "carries traffic", "force");
        assertThat(rule(rule)).isNotNull();
    }

    @Test
    void a_rule_that_carries_traffic_is_deleted_by_force() {
        String rule = created();
        serve(rule, FleetName.A);
        assertThat(lastAnswerOf("cloudformation-delete-by-force.json", rule)).contains("SUCCESS");
        assertThat(find(rule)).isEmpty();
    }

    @Test
    void a_rule_without_traffic_is_deleted_and_deleted_again() {
        String rule = created();
        assertThat(lastAnswerOf("cloudformation-delete.json", rule)).contains("SUCCESS");
        assertThat(lastAnswerOf("cloudformation-delete.json", rule)).contains("SUCCESS");
        assertThat(find(rule)).isEmpty();
    }

    @Test
    void a_creation_that_failed_is_answered_and_its_deletion_as_well() {
        world.sandbox().faults().failing(c -> c.operation().equals("CreateRule"), Fault.denied());
        assertThat(lastAnswerOf("cloudformation-create.json", ""))
                .contains("FAILED", "elasticloadbalancing:CreateRule: AccessDenied", TrafficRuleHandler.NOT_MADE);
        assertThat(lastAnswerOf("cloudformation-delete.json", TrafficRuleHandler.NOT_MADE))
                .contains("SUCCESS");
    }

    @Test
    void a_creation_whose_answer_was_lost_leaves_nothing_behind() {
        world.sandbox().faults().failing(c -> c.operation().equals("CreateRule"), 1, Fault.lostAnswer());
        int rules = world.sandbox().world().rules().size();
        assertThat(lastAnswerOf("cloudformation-create.json", "")).contains("FAILED");
        assertThat(lastAnswerOf("cloudformation-delete.json", TrafficRuleHandler.NOT_MADE))
                .contains("SUCCESS");
        assertThat(world.sandbox().world().rules()).hasSize(rules);
    }

    @Test
    void a_throttled_creation_is_told_as_such() {
        world.sandbox().faults().failing(c -> true, Fault.refused("Throttling", 400, "Rate exceeded"));
        assertThat(lastAnswerOf("cloudformation-create.json", "")).contains("FAILED", "Throttling");
    }

    @Test
    void a_request_without_hosts_is_refused_with_all_its_faults() {
        assertThat(lastAnswerOf("malformed/cloudformation-without-hosts.json", ""))
                .contains("FAILED", "Hosts: missing", "Priority: not a number");
        assertThat(lastAnswerOf("malformed/cloudformation-delete-of-what-was-refused.json", ""))
                .contains("SUCCESS");
    }

    @Test
    void an_audiences_rule_is_made_before_production_with_its_conditions_and_does_the_same() {
        occupy(102);
        String production = created();
        serve(production, FleetName.B);
        world.sandbox()
                .world()
                .deleteRule(world.sandbox().world().rules().stream()
                        .filter(rule -> rule.priority().equals(Optional.of(102)))
                        .findFirst()
                        .orElseThrow()
                        .arn());
        Matcher id = ID.matcher(lastAnswerOf("cloudformation-audience-create.json", production));
        assertThat(id.find()).isTrue();
        Rule audience = rule(id.group(1));
        assertThat(audience.priority()).contains(102);
        assertThat(audience.conditions())
                .containsExactly(
                        new Condition.Host(List.of("checkout.example.com")),
                        new Condition.Header("Cookie", List.of("*beta=yes*")),
                        new Condition.Query(List.of(
                                new Condition.Query.Pair(Optional.of("beta"), "yes"),
                                new Condition.Query.Pair(Optional.of("beta"), "on"))),
                        new Condition.Source(List.of("198.51.100.0/24")));
        assertThat(router(audience.arn()).route().routing()).isEqualTo(Routing.full(FleetName.B));
    }

    @Test
    void an_audience_that_no_rule_takes_is_refused() {
        String production = created();
        call(event("cloudformation-audience-create.json", production).replace("\"query-string\"", "\"moon-phase\""));
        assertThat(lastAnswer()).contains("FAILED", "Audience/1: no condition that a rule takes");
        call(event("cloudformation-audience-create.json", production).replace("\"Audience\"", "\"Nobody\""));
        assertThat(lastAnswer()).contains("FAILED", "Audience: missing");
    }

    @Test
    void an_unknown_kind_of_request_is_refused() {
        assertThat(lastAnswerOf("malformed/cloudformation-unknown-type.json", ""))
                .contains("FAILED", "RequestType");
    }

    @Test
    void a_request_without_an_address_is_complained_about() {
        call(event("malformed/cloudformation-without-address.json", ""));
        assertThat(stack.answers()).isEmpty();
        assertThat(stack.complaints()).anyMatch(c -> c.contains("ResponseURL: missing"));
    }

    @Test
    void no_complaint_and_no_answer_tells_the_presigned_address() {
        for (String name : files()) {
            call(event(name, ""));
        }
        assertThat(stack.complaints()).noneMatch(c -> c.contains("never-to-be-logged"));
        assertThat(stack.answers()).noneMatch(a -> a.contains("never-to-be-logged"));
        assertThat(StackRequest.read(EventFiles.bytes("cloudformation-create.json"), Set.of(), Optional::of)
                        .toString())
                .doesNotContain("never-to-be-logged");
    }

    private static Set<String> files() {
        Set<String> files = new java.util.TreeSet<>(EventFiles.names());
        files.removeIf(name -> !name.contains("cloudformation-"));
        return files;
    }

    private String created() {
        Matcher id = ID.matcher(lastAnswerOf("cloudformation-create.json", ""));
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    private String lastAnswerOf(String name, String rule) {
        call(event(name, rule));
        return lastAnswer();
    }

    /** The event as it is shown, on the sandbox's own listener and rule. */
    private String event(String name, String rule) {
        String text = new String(EventFiles.bytes(name), StandardCharsets.UTF_8);
        return text.replace(RULE, rule.isEmpty() ? RULE : rule)
                .replace(LISTENER, world.site().loadBalancer().listenerArn());
    }

    private String lastAnswer() {
        return stack.answers().getLast();
    }

    private void call(String event) {
        try {
            handler.handleRequest(
                    new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
                    new ByteArrayOutputStream(),
                    new FakeContext(Duration.ofSeconds(60)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void occupy(int priority) {
        world.sandbox()
                .world()
                .createRule(
                        priority,
                        List.of(new Condition.Host(List.of("other.example.com"))),
                        new Action.Fixed(200, "text/plain", "other"));
    }

    private void serve(String rule, FleetName fleet) {
        router(rule).write(Routing.full(fleet));
    }

    private AlbTrafficRouter router(String rule) {
        return new AlbTrafficRouter(world.sandbox().elb(), world.aws(), rule, world.a(), world.b());
    }

    private Optional<Rule> find(String arn) {
        return world.sandbox().world().rules().stream()
                .filter(r -> r.arn().equals(arn))
                .findFirst();
    }

    private Rule rule(String arn) {
        return find(arn).orElseThrow();
    }
}
