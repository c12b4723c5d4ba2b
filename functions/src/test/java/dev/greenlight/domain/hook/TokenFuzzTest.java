package dev.greenlight.domain.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.rollout.RolloutId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a pipeline hands back as a token, it is one of ours, whole, or none. The seed is the test's name. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TokenFuzzTest {

    private static final int TOKENS = 20_000;
    private static final List<String> PIECES = List.of(
            "v1",
            ".",
            "..",
            "v2",
            "r-1",
            "1767603600",
            "0",
            "999999999999",
            "9999999999999",
            "-1",
            "+1",
            "é",
            "\n",
            "\u0000",
            "\u0661\u0662",
            " ",
            "a".repeat(65),
            "1".repeat(5_000),
            "",
            "$",
            "{}");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 20260105})
    void is_read_whole_or_not_at_all(long seed) {
        Random random = new Random(seed);
        String whole = new Token(new RolloutId("r-1"), Instant.parse("2026-01-05T09:00:00Z")).text();
        for (int i = 0; i < TOKENS; i++) {
            String text = random.nextBoolean() ? damaged(whole, random) : pieces(random);
            Optional<Token> token = Token.parse(text);
            token.ifPresent(read -> {
                assertThat(Token.parse(read.text())).contains(read);
                // What bounds a job can be counted with.
                assertThat(read.firstCall().plus(Duration.ofDays(1))).isAfter(read.firstCall());
            });
        }
    }

    private static String damaged(String whole, Random random) {
        int at = random.nextInt(whole.length() + 1);
        String piece = PIECES.get(random.nextInt(PIECES.size()));
        return random.nextBoolean()
                ? whole.substring(0, at) + piece + whole.substring(at)
                : whole.substring(0, at) + piece;
    }

    private static String pieces(Random random) {
        StringBuilder text = new StringBuilder();
        for (int times = random.nextInt(8); times > 0; times--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
