package dev.greenlight.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.theatre.Told;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoryTest {

    @Test
    void holds_for_one_reason_are_one_line_with_the_latest_numbers() {
        Story story = Story.of(List.of(told("hold", "1 of 3 reads"), told("hold", "2 of 3 reads")));

        assertThat(story.lines()).singleElement().satisfies(line -> {
            assertThat(line.times()).isEqualTo(2);
            assertThat(line.last().reason()).isEqualTo("2 of 3 reads");
        });
    }

    @Test
    void holds_that_take_turns_are_one_line_each() {
        Story story = Story.of(List.of(
                told("hold", "installing"),
                told("hold", "1 healthy"),
                told("hold", "installing"),
                told("hold", "2 healthy")));

        assertThat(story.lines()).extracting(Story.Line::times).containsExactly(2, 2);
    }

    @Test
    void after_another_decision_the_same_hold_is_news() {
        Story story =
                Story.of(List.of(told("hold", "waiting"), told("scale", "fleet B to 4"), told("hold", "waiting")));

        assertThat(story.lines()).hasSize(3);
    }

    @Test
    void what_changes_something_is_never_folded() {
        assertThat(Story.of(List.of(told("shift", "10%"), told("shift", "20%"))).lines())
                .hasSize(2);
    }

    private static Told told(String decision, String reason) {
        return Reports.told(1, 1, decision, reason, "A 100% B 0%");
    }
}
