package dev.greenlight.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** User guide, "Condition types for listener rules". */
class ConditionTest {

    private static final Condition BETA =
            new Condition.Query(List.of(new Condition.Query.Pair(Optional.of("beta"), "y*")));

    private static boolean asks(Condition condition, String target) {
        return condition.holds(Request.get("shop.example.com", target));
    }

    @ParameterizedTest
    @CsvSource({
        "/?beta=yes, true",
        "/?BETA=Y, true",
        "/?a=b&beta=yes&c, true",
        "/?beta=no, false",
        "/?alpha=beta, false",
        "/?notbeta=yes, false",
        "/?beta, false",
        "/beta=yes, false",
    })
    void a_query_is_held_against_its_parameters_one_by_one(String target, boolean holds) {
        assertThat(asks(BETA, target)).isEqualTo(holds);
    }

    @Test
    void a_value_without_a_key_may_be_any_parameters() {
        Condition any = new Condition.Query(List.of(new Condition.Query.Pair(Optional.empty(), "on")));
        assertThat(asks(any, "/?debug=on")).isTrue();
        assertThat(asks(any, "/?on")).isTrue();
        assertThat(asks(any, "/?debug=off")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.7, true",
        "198.51.100.8, false",
        "2001:db8:1::9, true",
        "2001:db8:2::9, false",
    })
    void an_address_lies_in_one_of_the_blocks_or_not(String address, boolean holds) {
        Condition blocks = new Condition.Source(List.of("198.51.100.0/29", "2001:db8:1::/48"));
        assertThat(blocks.holds(Request.get("shop.example.com", "/").from(address)))
                .isEqualTo(holds);
    }

    @Test
    void whom_a_proxy_names_is_not_where_the_connection_comes_from() {
        Condition office = new Condition.Source(List.of("198.51.100.7/32"));
        assertThat(office.holds(Request.get("shop.example.com", "/").with("X-Forwarded-For", "198.51.100.7")))
                .isFalse();
    }

    @Test
    void what_is_no_block_is_refused() {
        assertThatThrownBy(() -> new Condition.Source(List.of("office.example.com/32")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Condition.Source(List.of("198.51.100.7")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Condition.Source(List.of("198.51.100.7/33")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The page: "If the same header appears multiple times in the request, we search them in order until a match is found." */
    @ParameterizedTest
    @CsvSource({
        "beta=1, true",
        "a=b; beta=1, true",
        "a=b; beta=1; c=d, true",
        "a=b; Beta=1, true",
        "a=b; beta=12, true",
        "a=b; notbeta=1, true",
        "a=b; beta=0, false",
    })
    void a_cookie_is_a_part_of_its_header_with_whatever_stands_around_it(String cookies, boolean holds) {
        Condition cookie = new Condition.Header("Cookie", List.of("*beta=1*"));
        assertThat(cookie.holds(Request.get("shop.example.com", "/").with("cookie", cookies)))
                .isEqualTo(holds);
    }
}
