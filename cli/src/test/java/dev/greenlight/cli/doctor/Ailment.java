package dev.greenlight.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

    /** Does it to a fresh festival, and looks. */
    void isToldAlone() {
        isToldAlone(new Patient());
    }

    /** The same to another installation. */
    void isToldAlone(Patient patient) {
        caused.accept(patient);

        Diagnosis diagnosis = patient.examined();

        List<Finding> findings = diagnosis.findings().stream()
                .filter(finding -> !(finding instanceof Finding.Well))
                .toList();
        assertThat(findings).as(DoctorTest.printed(diagnosis)).hasSize(1);
        assertThat(findings.getFirst()).isInstanceOf(kind);
        assertThat(findings.getFirst().place().title()).isEqualTo(title);
        assertThat(findings.getFirst().text()).contains(words);
        assertThat(diagnosis.status()).isEqualTo(kind == Finding.Missing.class ? 1 : 0);
    }

    @Override
    public String toString() {
        return name;
    }
}
