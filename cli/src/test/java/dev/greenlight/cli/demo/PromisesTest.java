package dev.greenlight.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.show.Reports;
import dev.greenlight.sandbox.receipt.Receipt;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PromisesTest {

    private static final Receipt CLEAN = receipt(900, Map.of("v2", 900L), Map.of(), 0.3);

    @Test
    void releases_that_went_as_they_should_broke_nothing() {
        assertThat(Reports.kept().releases())
                .allSatisfy(release -> assertThat(release.brokenPromises()).isEmpty());
        assertThat(Reports.kept().kept()).isTrue();
    }

    @Test
    void another_end_than_the_expected_one_is_said() {
        assertThat(release(Plan.PROMOTED, Outcome.REJECTED, CLEAN, 0, false).brokenPromises())
                .containsExactly("it ended rejected, not promoted");
    }

    @Test
    void too_few_requests_prove_nothing() {
        Receipt few = receipt(12, Map.of("v2", 12L), Map.of(), 0);

        assertThat(release(Plan.PROMOTED, Outcome.PROMOTED, few, 0, false).brokenPromises())
                .containsExactly("only 12 requests were sent, too few to say that none is lost");
    }

    @Test
    void a_good_release_loses_no_request() {
        Receipt lossy = receipt(900, Map.of("v2", 900L), Map.of("none", 2L), 0);

        assertThat(release(Plan.PROMOTED, Outcome.PROMOTED, lossy, 0, false).brokenPromises())
                .containsExactly("2 requests failed: {none=2}");
    }

    @Test
    void no_user_reaches_a_rejected_release() {
        Receipt reached = receipt(900, Map.of("v1", 899L, "v2", 1L), Map.of(), 0);

        assertThat(release(Plan.REJECTED, Outcome.REJECTED, reached, 0, false).brokenPromises())
                .containsExactly("users reached v2");
    }

    @Test
    void only_the_version_that_was_taken_back_may_have_failed() {
        Receipt blueToo = receipt(900, Map.of("v1", 500L, "v2", 400L), Map.of("v1", 1L, "v2", 40L), 0.3);

        assertThat(release(Plan.TAKES_ITSELF_BACK, Outcome.ROLLED_BACK, blueToo, 1, false)
                        .brokenPromises())
                .singleElement()
                .asString()
                .startsWith("requests failed that the new version did not answer");
    }

    @Test
    void the_way_back_is_one_write_within_two_seconds() {
        Receipt slow = receipt(900, Map.of("v1", 900L), Map.of(), 2.0);

        assertThat(release(Plan.TAKES_ITSELF_BACK, Outcome.ROLLED_BACK, slow, 2, false)
                        .brokenPromises())
                .containsExactly("the way back took 2 writes", "the way back took 2.0 s");
    }

    @Test
    void who_takes_back_a_promoted_release_loses_no_request_either() {
        Receipt lossy = receipt(900, Map.of("v2", 900L), Map.of("v2", 3L), 0.3);

        assertThat(release(Plan.TAKEN_BACK_BY_HAND, Outcome.ROLLED_BACK, lossy, 1, true)
                        .brokenPromises())
                .containsExactly("3 requests failed: {v2=3}");
    }

    @Test
    void a_release_that_should_take_itself_back_may_not_wait_for_a_person() {
        Receipt clean = receipt(900, Map.of("v1", 500L, "v2", 400L), Map.of("v2", 40L), 0.3);

        assertThat(release(Plan.TAKES_ITSELF_BACK, Outcome.ROLLED_BACK, clean, 1, true)
                        .brokenPromises())
                .containsExactly("its pipeline did not take it back by itself");
    }

    @Test
    void a_release_that_a_person_takes_back_was_done_long_before() {
        Receipt clean = receipt(900, Map.of("v1", 500L, "v2", 400L), Map.of(), 0.3);

        assertThat(release(Plan.TAKEN_BACK_BY_HAND, Outcome.ROLLED_BACK, clean, 1, false)
                        .brokenPromises())
                .containsExactly("its pipeline was not done before it was taken back");
    }

    private static Release release(
            Plan expected, Outcome outcome, Receipt receipt, int wayBackWrites, boolean pipelineFirst) {
        return new Release(
                "one",
                "v2",
                Optional.of("v1"),
                expected,
                outcome,
                "so it was",
                Reports.MERGE,
                receipt,
                1,
                wayBackWrites,
                30,
                Optional.of(pipelineFirst),
                100,
                List.of(),
                List.of());
    }

    private static Receipt receipt(
            long requests, Map<String, Long> answered, Map<String, Long> failed, double wayBackSeconds) {
        return new Receipt(
                requests,
                failed.values().stream().mapToLong(n -> n).sum(),
                answered,
                failed,
                OptionalDouble.of(4),
                OptionalDouble.of(20),
                OptionalDouble.empty(),
                OptionalDouble.of(wayBackSeconds),
                List.of());
    }
}
