package dev.greenlight.adapter.codedeploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.adapter.SandboxFleets;
import dev.greenlight.adapter.lambda.Events;
import dev.greenlight.adapter.lambda.Parsed;
import dev.greenlight.counterpart.Ground;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.HookExecutions;
import dev.greenlight.port.HookExecutionsContract;
import dev.greenlight.sandbox.lambda.Function;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codedeploy.model.ComputePlatform;

class CodeDeployHooksTest extends HookExecutionsContract {

    private final SandboxFleets world = SandboxFleets.serving(1);
    private final HookExecutions hooks = adapters().hookExecutions();
    private final List<Trigger.HookExecution> called = new ArrayList<>();

    @Override
    protected Ground ground() {
        return world;
    }

    @Override
    protected Trigger.HookExecution waiting() {
        begin();
        return called.getFirst();
    }

    @Test
    void a_hook_that_succeeded_lets_the_deployment_go_on() {
        String deployment = begin();
        hooks.complete(called.getFirst(), true);
        world.pass(Duration.ofMinutes(1));
        assertThat(status(deployment)).isEqualTo("Succeeded");
    }

    @Test
    void a_hook_that_failed_fails_the_deployment() {
        String deployment = begin();
        hooks.complete(called.getFirst(), false);
        world.pass(Duration.ofMinutes(1));
        assertThat(status(deployment)).isEqualTo("Failed");
    }

    @Test
    void the_first_answer_counts() {
        String deployment = begin();
        hooks.complete(called.getFirst(), true);
        hooks.complete(called.getFirst(), false);
        world.pass(Duration.ofMinutes(1));
        assertThat(status(deployment)).isEqualTo("Succeeded");
    }

    @Test
    void a_hook_that_its_deployment_never_ran_is_a_fault() {
        begin();
        Trigger.HookExecution unknown =
                new Trigger.HookExecution(called.getFirst().deploymentId(), "no-such-execution", SandboxFleets.START);
        assertThatThrownBy(() -> hooks.complete(unknown, true))
                .extracting(e -> ((CallFailed) e).kind())
                .isEqualTo(CallFailed.Kind.INVALID);
    }

    private String begin() {
        world.sandbox()
                .lambda()
                .register(
                        Function.named("CodeDeployHook_validate", Duration.ofSeconds(30)),
                        () -> (input, output, context) -> {
                            Parsed event = Events.read(
                                    input.readAllBytes(), world.clock().instant());
                            called.add((Trigger.HookExecution) ((Parsed.Understood) event).trigger());
                        });
        String deployment = world.sandbox()
                .deployments()
                .beginHook(ComputePlatform.ECS, "orders", "orders", "AfterAllowTestTraffic", "CodeDeployHook_validate");
        world.pass(Duration.ofMinutes(1));
        return deployment;
    }

    private String status(String deployment) {
        return world.sandbox()
                .codeDeploy()
                .getDeployment(r -> r.deploymentId(deployment))
                .deploymentInfo()
                .statusAsString();
    }
}
