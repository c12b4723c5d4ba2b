package dev.greenlight.counterpart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.port.MetricsContract;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.InvocationInterceptor.Invocation;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class DeparturesTest {

    private static final Departure KNOWN = new Departure(
            Counterpart.MOTO, MetricsContract.class, "clause", "it knows none", "Status Code: 500", "GetMetricData");

    @Test
    void each_names_a_clause_that_there_is() {
        assertThat(Departures.ALL)
                .isNotEmpty()
                .allSatisfy(d -> assertThat(
                                d.contract().getDeclaredMethod(d.clause()).isAnnotationPresent(Test.class))
                        .isTrue());
    }

    @Test
    void the_sandbox_departs_from_nothing() {
        assertThat(Departures.ALL).noneMatch(d -> d.counterpart() == Counterpart.SANDBOX);
    }

    @Test
    void a_clause_that_is_kept_is_kept() throws Throwable {
        ContractTerms.hold(kept(), true, Optional.empty());
    }

    @Test
    void a_known_departure_is_skipped_with_its_page() {
        assertThatThrownBy(() -> ContractTerms.hold(broken("answered Status Code: 500"), true, Optional.of(KNOWN)))
                .isInstanceOf(TestAbortedException.class)
                .hasMessage("moto departs from \"GetMetricData\": it knows none");
    }

    @Test
    void a_departure_that_is_over_fails_the_test() {
        assertThatThrownBy(() -> ContractTerms.hold(kept(), true, Optional.of(KNOWN)))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("take this clause out of Departures");
    }

    @Test
    void a_departure_excuses_no_other_failure() {
        assertThatThrownBy(() -> ContractTerms.hold(broken("weights differ"), true, Optional.of(KNOWN)))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessage("weights differ");
    }

    @Test
    void a_live_account_is_not_written_to_unless_that_was_asked_for() {
        Invocation<Void> writing = () -> {
            throw new AssertionError("it was written to");
        };
        assertThatThrownBy(() -> ContractTerms.hold(writing, false, Optional.empty()))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("-Dgreenlight.aws.write=true");
    }

    private static Invocation<Void> kept() {
        return () -> null;
    }

    private static Invocation<Void> broken(String message) {
        return () -> {
            throw new AssertionFailedError(message);
        };
    }
}
