package dev.greenlight.domain.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.rollout.RolloutId;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {

    @Test
    void what_was_written_is_read_back_to_the_second() {
        Token token = new Token(new RolloutId("9f0c-42"), Instant.parse("2026-03-02T09:00:00.7Z"));

        assertThat(token.text()).isEqualTo("v1.9f0c-42.1772442000");
        assertThat(Token.parse(token.text()))
                .contains(new Token(token.rollout(), Instant.parse("2026-03-02T09:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v1",
                "v1..1",
                "v2.a.1",
                "v1.a.",
                "v1.a.-1",
                "v1.a.1.2",
                "v1.a b.1",
                "v1.a.1234567890123",
                "v1.a.1\n",
                "{\"v\":1}",
                "v1.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.1"
            })
    void what_is_not_ours_is_no_token(String text) {
        assertThat(Token.parse(text)).isEmpty();
    }

    @Test
    void the_latest_time_that_fits_is_a_time() {
        assertThat(Token.parse("v1.a.999999999999")).isPresent();
    }
}
