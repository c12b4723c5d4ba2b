package dev.greenlight.cli.show;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of numbers with round ones to write at.
 *
 * @param from where it begins
 * @param to where it ends
 * @param step from one written number to the next
 */
record Axis(double from, double to, double step) {

    Axis {
        if (!(from < to) || !(step > 0)) {
            throw new IllegalArgumentException("no axis: %s to %s by %s".formatted(from, to, step));
        }
    }

    /** From {@code from} to exactly {@code to}, with about {@code marks} numbers. */
    static Axis spanning(double from, double to, int marks) {
        double end = Math.max(to, from + 1e-3);
        return new Axis(from, end, roundStep((end - from) / marks));
    }

    /** From 0 to a little above {@code most}. */
    static Axis above(double most, int marks) {
        return spanning(0, Math.max(most, 1) * 1.2, marks);
    }

    /** How far along the axis, in percent. */
    double percent(double value) {
        return 100 * (Math.clamp(value, from, to) - from) / (to - from);
    }

    List<Double> marks() {
        List<Double> marks = new ArrayList<>();
        long last = (long) Math.floor(to / step + 1e-9);
        for (long i = (long) Math.ceil(from / step - 1e-9); i <= last; i++) {
            marks.add(i * step);
        }
        return marks;
    }

    private static double roundStep(double atLeast) {
        double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
        for (double factor : new double[] {1, 2, 2.5, 5}) {
            if (factor * power >= atLeast * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }
}
