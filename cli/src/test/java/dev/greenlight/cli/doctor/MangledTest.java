package dev.greenlight.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MangledTest {

    @Test
    void question_marks_stand_for_letters_beyond_ascii() {
        assertThat(Mangled.same("??-a", "정상-a")).isTrue();
        assertThat(Mangled.same("a?", "a\uD83C\uDF89")).isTrue();
    }

    @Test
    void a_question_mark_may_be_one() {
        assertThat(Mangled.same("/a?b=1", "/a?b=1")).isTrue();
    }

    @Test
    void a_question_mark_is_no_ascii_letter_and_not_nothing() {
        assertThat(Mangled.same("/a?b=1", "/axb=1")).isFalse();
        assertThat(Mangled.same("/a?b=1", "/ab=1")).isFalse();
    }

    @Test
    void what_has_no_question_mark_is_compared_as_it_stands() {
        assertThat(Mangled.same("a.c", "abc")).isFalse();
        assertThat(Mangled.same("a", null)).isFalse();
    }
}
