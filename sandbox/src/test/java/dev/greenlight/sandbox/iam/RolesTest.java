package dev.greenlight.sandbox.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.greenlight.sandbox.Sandbox;
import dev.greenlight.sandbox.Site;
import dev.greenlight.sandbox.Story;
import dev.greenlight.sandbox.fault.Call;
import dev.greenlight.sandbox.lambda.Function;
import dev.greenlight.sandbox.lambda.Invocation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ElasticLoadBalancingV2Exception;
import software.amazon.awssdk.services.scheduler.model.SchedulerException;

class RolesTest {

    private static final Role READER = new Role(List.of(
            new Statement("SeeFleets", List.of("autoscaling:DescribeAutoScalingGroups"), List.of("*"), List.of())));

    private final Story story = Story.serving(2);
    private final Sandbox sandbox = story.sandbox();

    @AfterEach
    void close() {
        story.close();
    }

    private Invocation run(String function, Runnable work) {
        RequestStreamHandler handler = (in, out, context) -> work.run();
        sandbox.lambda().register(Function.named(function, Duration.ofMinutes(1)), () -> handler);
        return sandbox.lambda().invoke(function, "{}".getBytes(StandardCharsets.UTF_8));
    }

    /** As recorded: without the id that Auto Scaling puts before the name. */
    private static String group(Site.Fleet fleet) {
        return fleet.autoScalingGroupArn()
                .replaceFirst("autoScalingGroup:[^:]+:", "autoScalingGroup:00000000-0000-0000-0000-000000000000:");
    }

    private void resize() {
        sandbox.autoScaling()
                .updateAutoScalingGroup(r ->
                        r.autoScalingGroupName(story.a().autoScalingGroup()).desiredCapacity(3));
    }

    @Test
    void a_function_does_what_its_role_allows() {
        sandbox.roles().assume("reader", READER);

        assertThat(run("reader", () -> sandbox.autoScaling().describeAutoScalingGroups())
                        .succeeded())
                .isTrue();
    }

    @Test
    void what_its_role_does_not_allow_is_refused_as_the_service_refuses_it_and_not_done() {
        sandbox.roles().assume("reader", READER);

        run(
                "reader",
                () -> assertThatThrownBy(this::resize)
                        .isInstanceOfSatisfying(
                                AutoScalingException.class,
                                e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied"))
                        .hasMessageContaining(
                                "is not authorized to perform: autoscaling:UpdateAutoScalingGroup on resource: "
                                        + story.a().autoScalingGroupArn()));

        assertThat(sandbox.world()
                        .autoScalingGroup(story.a().autoScalingGroup())
                        .orElseThrow()
                        .capacity()
                        .desired())
                .isEqualTo(2);
        assertThat(sandbox.calls().of("autoscaling:UpdateAutoScalingGroup"))
                .extracting(Call::outcome)
                .containsExactly("AccessDenied");
    }

    @Test
    void each_service_has_its_own_word_for_it() {
        sandbox.roles().assume("nobody", new Role(List.of()));

        run("nobody", () -> {
            assertCode(
                    Ec2Exception.class,
                    "UnauthorizedOperation",
                    () -> sandbox.ec2().describeInstanceStatus());
            assertCode(
                    ElasticLoadBalancingV2Exception.class,
                    "AccessDenied",
                    () -> sandbox.elb().describeRules(r -> {}));
            assertCode(
                    SchedulerException.class,
                    "AccessDeniedException",
                    () -> sandbox.scheduler()
                            .deleteSchedule(r -> r.groupName("g").name("n")));
        });
    }

    private static void assertCode(Class<? extends AwsServiceException> type, String code, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        type, e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code));
    }

    @Test
    void a_function_without_a_role_and_people_may_do_everything() {
        sandbox.roles().assume("reader", READER);

        assertThat(run("somebody", this::resize).succeeded()).isTrue();
        resize();
    }

    @Test
    void what_functions_ask_for_is_recorded_under_the_templates_names(@TempDir Path directory) throws Exception {
        sandbox.roles().recordAs(new References("story", Map.of(group(story.a()), "${GroupA}")));
        run("recorded", () -> {
            resize();
            resize();
        });
        sandbox.roles().record();
        Path file = directory.resolve("asked.json");

        Recording.ofThisProcess().write(file);

        assertThat(Recording.read(file))
                .isEqualTo(Recording.ofThisProcess().entries())
                .contains(new Recording.Entry(
                        "recorded", "story", Ask.of("autoscaling:UpdateAutoScalingGroup", "${GroupA}"), 2));
    }

    @Test
    void a_rule_that_the_template_does_not_know_is_recorded_by_its_listener() {
        References names = new References("story", Map.of("arn:listener/app/x/1/2", "${Listener}"));
        Ask named = names.named(Ask.of("elasticloadbalancing:ModifyRule", "arn:listener-rule/app/x/1/2/3"));

        assertThat(named.resource()).isEqualTo("${Listener}#rule");
        References elsewhere = new References("story", Map.of("arn:listener/app/y/3/4", "${Listener}"));
        assertThat(elsewhere.physical(named).resource()).startsWith("arn:listener-rule/app/y/3/4/");
    }
}
