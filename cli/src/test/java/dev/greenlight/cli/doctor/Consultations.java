package dev.greenlight.cli.doctor;

import java.util.function.Consumer;

/** Looks that a test of the command can take. */
public final class Consultations {

    private Consultations() {}

    /** At a fresh festival. */
    public static Diagnosis well(String stack, String region, String profile, Consumer<String> progress) {
        return new Patient().examined(stack, progress);
    }

    /** At one whose AllowTraffic may no longer write the rule. */
    public static Diagnosis ill(String stack, String region, String profile, Consumer<String> progress) {
        Patient patient = new Patient();
        patient.takeOff("AllowTraffic", "WriteRule");
        return patient.examined(stack, progress);
    }
}
