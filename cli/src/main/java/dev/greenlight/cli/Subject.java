package dev.greenlight.cli;

import dev.greenlight.cli.installed.Fitted;
import dev.greenlight.cli.show.ServiceTerms;
import dev.greenlight.cli.simulate.Service;
import dev.greenlight.cli.simulate.Worst;
import dev.greenlight.sandbox.cloudformation.TemplateFault;
import dev.greenlight.service.Config;
import dev.greenlight.service.ConfigFault;
import dev.greenlight.service.ConfigReader;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whose lives are played, and how they are spoken of.
 *
 * @param whose in words
 * @param terms what there is to say of the file's settings; empty where each life draws a service of its own
 * @param command what plays a life of it again when its options are put behind it
 */
record Subject(Service service, String whose, Optional<ServiceTerms> terms, String command) {

    private static final String COMMAND = "./greenlight simulate";

    /** Another service for each life. */
    static Subject ofAllKinds() {
        return new Subject(Service.ofAllKinds(), "services of all kinds", Optional.empty(), COMMAND);
    }

    /**
     * The service of a file.
     *
     * @throws Refused with everything that is wrong with the file, as {@code synth} tells it
     */
    static Subject of(Path file) throws Refused {
        Config config = read(file);
        Config played = Fitted.shortened(config);
        try {
            return new Subject(
                    Service.of(Fitted.to(played), Math.min(config.fleet().maximum(), Service.MOST)),
                    "%s, as %s describes it".formatted(config.service(), file),
                    Optional.of(new ServiceTerms(config, played)),
                    "%s --config %s".formatted(COMMAND, quoted(file.toString())));
        } catch (TemplateFault e) {
            throw new Refused("%s: %s".formatted(file, e.getMessage()));
        }
    }

    private static Config read(Path file) throws Refused {
        if (Files.isDirectory(file)) {
            throw new Refused("--config: %s is a directory".formatted(file));
        }
        if (!Files.exists(file)) {
            throw new Refused("--config: there is no %s".formatted(file));
        }
        try {
            return ConfigReader.read(file);
        } catch (ConfigFault fault) {
            throw new Refused(fault.getMessage());
        } catch (AccessDeniedException e) {
            throw new Refused("--config: %s may not be read".formatted(file));
        } catch (IOException e) {
            throw new Refused("--config: %s cannot be read: %s".formatted(file, e.getMessage()));
        }
    }

    /** As a shell takes it for one word. */
    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** What the settings mean for users, a sentence each. */
    List<String> meaning(Worst worst) {
        return terms.map(known -> known.meaning(worst)).orElse(List.of());
    }

    /** What of the file these lives do not show, a sentence each. */
    List<String> unplayed() {
        return terms.map(ServiceTerms::unplayed).orElse(List.of());
    }

    /** There is nothing to play; the message says why, in lines. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }
}
