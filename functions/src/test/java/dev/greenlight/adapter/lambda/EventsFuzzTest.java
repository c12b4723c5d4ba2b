package dev.greenlight.adapter.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged events: whatever comes, an answer comes back, and no credential with it. The seed is the test's name. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventsFuzzTest {

    private static final int EVENTS = 2_000;
    private static final Instant NOW = Instant.parse("2026-01-05T09:30:00Z");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20260105})
    void whatever_comes_is_answered(long seed) {
        Random random = new Random(seed);
        List<String> names = EventFiles.names().stream().sorted().toList();
        for (int i = 0; i < EVENTS; i++) {
            byte[] event = Damage.some(EventFiles.bytes(names.get(random.nextInt(names.size()))), random);
            Parsed parsed = Events.read(event, NOW);
            assertThat(parsed).isNotNull();
            assertThat(parsed.toString()).doesNotContain(EventFiles.CREDENTIALS);
            if (parsed instanceof Parsed.Faulty faulty) {
                assertThat(faulty.faults()).isNotEmpty();
            }
        }
    }
}
