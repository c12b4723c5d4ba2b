package dev.greenlight.cli.doctor;

import java.util.Map;

/**
 * A function as Greenlight calls it.
 *
 * @param action the handler's name without its ending: {@code AllowTraffic}
 */
record Hook(String action) {

    private static final Map<String, String> WITHOUT = Map.ofEntries(
            Map.entry("PrepareGreen", "no release can start"),
            Map.entry("InstallRevision", "no revision reaches green, and every release stops at InstallRevision"),
            Map.entry(
                    "BeforeAllowTraffic",
                    "green is never found fit for users, and every release stops before they see it"),
            Map.entry("AllowTraffic", "no traffic reaches green, and every release stops at AllowTraffic"),
            Map.entry("AfterAllowTraffic", "nobody watches green under traffic, promotes it or takes it back"),
            Map.entry("RollBack", "no person, no alarm and no failed stage can take a release back"),
            Map.entry("Promote", "no person can end a bake before its time"),
            Map.entry("RetireBlue", "the old fleet is never put to sleep, and costs money on and on"),
            Map.entry(
                    "ValidateInstance",
                    "no script on an instance is answered: every installation that asks fails, and blames nobody"),
            Map.entry("Sweep", "what nobody drives any more stays as it is, and a warm blue does not follow the load"),
            Map.entry("ReleaseQuarantine", "a quarantined revision stays so for good, and a cooldown cannot be ended"),
            Map.entry("AnswerLostJob", "a job whose function died waits until CodePipeline gives up"),
            Map.entry("TrafficRule", "a stack update or deletion fails at the production rule"),
            Map.entry("LaunchVersion", "a stack update fails at the fleets' launch templates"));

    static Hook of(Part function) {
        String handler = function.text("Handler");
        return new Hook(handler.substring(handler.lastIndexOf('.') + 1)
                .replaceFirst("::.*", "")
                .replaceFirst("Handler$", ""));
    }

    /** What does not work without it. */
    String without() {
        return WITHOUT.getOrDefault(action, "whatever calls it fails");
    }
}
