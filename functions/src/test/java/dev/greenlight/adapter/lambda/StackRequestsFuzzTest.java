package dev.greenlight.adapter.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.greenlight.adapter.SandboxFleets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged requests of CloudFormation: one answer at most, and its address is logged nowhere. The seed is the test's name. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StackRequestsFuzzTest {

    private static final int REQUESTS = 1_500;
    private static final SandboxFleets WORLD = SandboxFleets.serving(1);

    @AfterAll
    static void close() {
        WORLD.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 20260105})
    void to_the_rules_owner_are_answered(long seed) throws IOException {
        sendDamaged(seed, TrafficRuleHandler::new);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 20260105})
    void to_the_keeper_of_launch_versions_are_answered(long seed) throws IOException {
        sendDamaged(seed, LaunchVersionHandler::new);
    }

    private static void sendDamaged(long seed, Function<Supplier<StackHooks>, RequestStreamHandler> made)
            throws IOException {
        Random random = new Random(seed);
        List<String> names = EventFiles.names().stream()
                .filter(name -> name.contains("cloudformation"))
                .sorted()
                .toList();
        for (int i = 0; i < REQUESTS; i++) {
            byte[] request = Damage.some(EventFiles.bytes(names.get(random.nextInt(names.size()))), random);
            RecordingStack stack = new RecordingStack(WORLD);
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            made.apply(() -> stack)
                    .handleRequest(new ByteArrayInputStream(request), output, new FakeContext(Duration.ofMinutes(1)));

            assertThat(stack.answers()).hasSizeLessThanOrEqualTo(1);
            assertThat(stack.answers().size() + stack.complaints().size()).isPositive();
            assertThat(output.size()).isZero();
            // The answer goes to whoever made the address, and repeats ids of the request as they came.
            assertThat(stack.complaints().toString()).doesNotContain(EventFiles.CREDENTIALS);
        }
    }
}
