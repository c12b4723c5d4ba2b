package dev.greenlight.cli.simulate;

import dev.greenlight.cli.installed.Fitted;
import dev.greenlight.service.Config;
import dev.greenlight.service.ConfigReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** The services of the examples, as {@code ./greenlight simulate --config} plays them. */
final class Examples {

    private Examples() {}

    static Service service(String example) {
        return service(example, UnaryOperator.identity());
    }

    /** The same, but for something. */
    static Service service(String example, UnaryOperator<Config> other) {
        Path here = Path.of("").toAbsolutePath();
        Path root = Files.isDirectory(here.resolve("infra-cdk")) ? here : here.getParent();
        try {
            Config config = other.apply(
                    Fitted.shortened(ConfigReader.read(root.resolve("infra-cdk/examples/" + example + ".yaml"))));
            return Service.of(
                    Fitted.to(config), Math.min(Service.MOST, config.fleet().maximum()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
