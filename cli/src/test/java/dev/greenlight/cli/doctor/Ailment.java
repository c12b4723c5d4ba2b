package dev.greenlight.cli.doctor;

import java.util.function.Consumer;

/**
 * What a hand does to an installation, and what the doctor must say of it: this, and nothing else.
 *
 * @param caused what somebody did
 * @param kind {@link Finding.Missing} or {@link Finding.Odd}
 * @param title of the place that it is told about
 * @param words that stand in what is told
 */
record Ailment(String name, Consumer<Patient> caused, Class<? extends Finding> kind, String title, String words) {

    static Ailment breaks(String name, Consumer<Patient> caused, String title, String words) {
        return new Ailment(name, caused, Finding.Missing.class, title, words);
    }

    static Ailment odd(String name, Consumer<Patient> caused, String title, String words) {
        return new Ailment(name, caused, Finding.Odd.class, title, words);
    }

    @Override
    public String toString() {
        return name;
    }
}
