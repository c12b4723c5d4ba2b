package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.installed.Fitted;
import dev.greenlight.sandbox.world.Behaviour;
import dev.greenlight.service.ConfigReader;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A service whose instances must warm up: the load balancer gives one that joins others more and more requests. */
class SlowStartStories {

    private static final Duration RAMP = Duration.ofMinutes(4);

    private static Festival slow() {
        String file = """
                service: hello
                region: eu-central-1
                network: {hosts: [hello.example.com]}
                source: {github: {repository: example/hello}}
                fleet: {slowStart: 4m}
                strategy: {bake: 2m}
                blueLifetime: 30m
                checks: {smoke: [{path: /health}]}
                """;
        return Festival.of(Fitted.to(ConfigReader.read("greenlight.yaml", file)), 4);
    }

    private static boolean warmsUp(Festival service) {
        return service.sandbox.world().warmsUp(service.sandbox.site().b().targetGroupArn());
    }

    @Test
    void no_user_comes_to_a_release_before_each_of_its_instances_takes_its_share() {
        try (Festival service = slow()) {
            service.visitors(50);
            String execution = service.merge("v2", Behaviour.good());
            service.passUntil("an instance that joins the first one", () -> warmsUp(service));
            Instant joined = service.clock.instant();

            service.passUntil("users on green", () -> service.weights().get("B") > 0);

            assertThat(warmsUp(service)).isFalse();
            assertThat(Duration.between(joined, service.clock.instant())).isGreaterThan(RAMP);
            service.passUntilPipelineEnds(execution);
            assertThat(service.succeeded(execution)).as(service.story()).isTrue();
            assertThat(service.tally("v1").failed()).isZero();
            assertThat(service.tally("v2").failed()).isZero();
        }
    }
}
