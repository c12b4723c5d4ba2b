package dev.greenlight.sandbox.world;

/** The sizes of an Auto Scaling group; desired lies between min and max. */
public record Capacity(int min, int desired, int max) {

    public Capacity {
        if (min < 0 || desired < min || max < desired) {
            throw new IllegalArgumentException("not 0 <= min <= desired <= max: " + min + ", " + desired + ", " + max);
        }
    }

    /** The same bounds with a desired capacity as near to the wish as they allow. */
    public Capacity withDesired(int wish) {
        return new Capacity(min, Math.max(min, Math.min(max, wish)), max);
    }
}
