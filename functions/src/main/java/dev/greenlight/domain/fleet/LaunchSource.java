package dev.greenlight.domain.fleet;

/** What an Auto Scaling group launches its instances from. */
public sealed interface LaunchSource {

    /**
     * A launch template.
     *
     * @param id {@code lt-…}
     * @param version a number as text, or what somebody set by hand in its place: {@code $Latest}, {@code $Default}
     */
    record Template(String id, String version) implements LaunchSource {

        /** Whether it stays what it is when the template gets another version. */
        public boolean isNumbered() {
            return !version.startsWith("$");
        }

        @Override
        public String toString() {
            return "version %s of %s".formatted(version, id);
        }
    }

    /**
     * Anything else, which Greenlight leaves alone.
     *
     * @param what {@code "a launch configuration"}
     */
    record Other(String what) implements LaunchSource {

        @Override
        public String toString() {
            return what;
        }
    }
}
