package dev.greenlight.counterpart;

import dev.greenlight.adapter.DeployedClients;
import dev.greenlight.adapter.Once;
import dev.greenlight.config.ConfigurationFault;
import dev.greenlight.config.Environment;
import dev.greenlight.config.Settings;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.opentest4j.TestAbortedException;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * An installation in an account of one's own, as its functions know it: by their variables, given as system properties or in the
 * environment. Credentials come from where the AWS CLI has them.
 */
final class LiveAccount {

    static final String READ_ONLY =
            "it writes: -Dgreenlight.aws.write=true, on an installation that is there for tests only";

    private static final String WHICH = "no installation is named; give the variables of one of its functions"
            + " (aws lambda get-function-configuration) as properties, -DGREENLIGHT_RULE=arn:aws:…: ";

    private static final Supplier<LiveAccount> ONE = Once.of(LiveAccount::named);

    private final Settings settings;
    private final DeployedClients clients;

    private LiveAccount(Settings settings) {
        this.settings = settings;
        this.clients = new DeployedClients(
                settings.region(),
                DefaultCredentialsProvider.builder().build(),
                Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL")).map(URI::create));
    }

    /** The installation that was named; skips the calling test, and says what is missing, where none was. */
    static LiveAccount installation() {
        return ONE.get();
    }

    private static LiveAccount named() {
        Map<String, String> variables = new HashMap<>(System.getenv());
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("GREENLIGHT_") || name.equals("AWS_REGION"))
                .forEach(name -> variables.put(name, System.getProperty(name)));
        try {
            Settings settings = Environment.read(variables);
            Absent.unless(mayWrite(), "every clause of a contract that is not only read: " + READ_ONLY);
            return new LiveAccount(settings);
        } catch (ConfigurationFault e) {
            Absent.say(WHICH + e.getMessage());
            throw new TestAbortedException(WHICH + e.getMessage(), e);
        }
    }

    static boolean mayWrite() {
        return Boolean.getBoolean("greenlight.aws.write");
    }

    Settings settings() {
        return settings;
    }

    DeployedClients clients() {
        return clients;
    }
}
