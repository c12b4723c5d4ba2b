package dev.greenlight.domain.check;

/**
 * What a service's own metric came to on one side.
 *
 * @param sum of all its values
 * @param samples how many there were; none means that nothing was measured
 */
public record Measured(double sum, long samples) {

    public static final Measured NOTHING = new Measured(0, 0);
}
