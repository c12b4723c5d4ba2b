package dev.greenlight.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AnswersTest {

    @Test
    void a_service_that_answers_has_no_downtime() {
        Answers answers = new Visits().good("v1", 20).good("v2", 20).answers();

        assertThat(answers.downtime()).isZero();
        assertThat(answers.failed()).isZero();
    }

    @Test
    void a_request_lost_among_good_ones_is_a_loss_and_no_downtime() {
        Answers answers = new Visits().good("v1", 20).lost(4).good("v1", 20).answers();

        assertThat(answers.failed()).isEqualTo(4);
        assertThat(answers.downtime()).isZero();
    }

    @Test
    void downtime_lasts_from_the_last_good_answer_to_the_next() {
        Answers answers = new Visits()
                .good("v1", 20)
                .lost(5)
                .good("v1", 3)
                .lost(9)
                .good("v2", 20)
                .answers();

        assertThat(answers.downtime()).isEqualTo(Duration.ofSeconds(6 + 10));
    }

    @Test
    void a_service_that_never_came_back_is_down_until_the_last_request() {
        assertThat(new Visits().good("v1", 3).lost(10).answers().downtime()).isEqualTo(Duration.ofSeconds(10));
        assertThat(new Visits().lost(10).answers().downtime()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void both_versions_answer_from_the_first_answer_of_the_new_one_to_the_last_of_the_old() {
        Answers answers = new Visits()
                .good("v1", 10)
                .good("v2", 1)
                .good("v1", 5)
                .good("v2", 10)
                .answers();

        assertThat(answers.mixed("v1", "v2")).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void who_takes_over_at_once_mixes_nothing() {
        assertThat(new Visits().good("v1", 10).good("v2", 10).answers().mixed("v1", "v2"))
                .isZero();
        assertThat(new Visits().good("v1", 10).answers().mixed("v1", "v2")).isZero();
    }

    @Test
    void a_version_is_back_when_enough_answers_are_good_ones_of_it() {
        Answers answers = new Visits().good("v2", 10).lost(3).good("v1", 5).answers();

        assertThat(answers.back("v1", 5)).isTrue();
        assertThat(answers.back("v1", 6)).as("nobody answered before").isFalse();
        assertThat(answers.back("v2", 5)).isFalse();
        assertThat(new Visits().good("v1", 4).answers().back("v1", 5))
                .as("too few to say")
                .isFalse();
        assertThat(new Visits().bad("v1", 5).answers().back("v1", 5)).isFalse();
    }

    @Test
    void the_way_back_lasts_until_the_last_answer_that_was_not_a_good_one_of_the_former_version() {
        assertThat(new Visits().good("v2", 10).lost(3).good("v1", 5).answers().lastOther("v1"))
                .contains(Visits.at(12));
        assertThat(new Visits().good("v2", 10).good("v1", 5).answers().lastOther("v1"))
                .contains(Visits.at(9));
        assertThat(new Visits().good("v1", 5).answers().lastOther("v1")).isEmpty();
    }
}
