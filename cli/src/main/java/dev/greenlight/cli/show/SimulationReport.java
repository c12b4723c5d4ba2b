package dev.greenlight.cli.show;

import dev.greenlight.cli.simulate.Findings;
import java.util.List;

/**
 * All that there is to say after a simulation.
 *
 * @param whose whose lives were played, in words
 * @param findings what came of it
 * @param settings what the service's settings mean for its users, a sentence each; empty where each life drew its own
 * @param unplayed what of the service's file these lives do not show, a sentence each
 * @param command what plays a life again when its options are put behind it: {@code ./greenlight simulate}
 */
public record SimulationReport(
        String whose, Findings findings, List<String> settings, List<String> unplayed, String command) {

    public SimulationReport {
        settings = List.copyOf(settings);
        unplayed = List.copyOf(unplayed);
    }

    /** The command that plays a life again. */
    String again(String options) {
        return command + " " + options;
    }
}
