package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.sandbox.world.Behaviour;
import org.junit.jupiter.api.Test;

/** One release from merge to promotion, on a ticked clock. */
class ReleaseStories {

    @Test
    void a_good_release_is_promoted_without_a_lost_request_and_frees_the_pipeline_while_blue_stays_warm() {
        try (Festival festival = Festival.serving(4)) {
            festival.visitors(50);
            String execution = festival.merge("v2", Behaviour.good());

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
            assertThat(festival.weights()).containsEntry("A", 0).containsEntry("B", 100);
            assertThat(festival.tally("v2").failed()).isZero();
            assertThat(festival.tally("v1").failed()).isZero();
            assertThat(festival.instances("A")).isEqualTo(4);
            assertThat(festival.instances("B")).isEqualTo(4);
        }
    }
}
