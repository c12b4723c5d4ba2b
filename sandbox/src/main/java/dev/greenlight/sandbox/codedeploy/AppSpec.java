package dev.greenlight.sandbox.codedeploy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a revision's {@code appspec.yml} asks the agent to do: files to copy, then scripts per lifecycle event, in order.
 *
 * <p>Follows the page "AppSpec File structure" for the EC2/On-Premises platform. {@code permissions} and {@code runas} are read and have
 * no effect: the sandbox has one user.
 */
public record AppSpec(List<Copy> files, Map<String, List<Hook>> hooks) {

    /** The events that a deployment without traffic control lets scripts hang on, in the order in which they happen. */
    static final List<String> SCRIPTABLE =
            List.of("ApplicationStop", "BeforeInstall", "AfterInstall", "ApplicationStart", "ValidateService");

    /** Events that exist only where CodeDeploy registers and deregisters instances; their scripts are accepted and never run here. */
    static final List<String> WITH_TRAFFIC_CONTROL =
            List.of("BeforeBlockTraffic", "AfterBlockTraffic", "BeforeAllowTraffic", "AfterAllowTraffic");

    public AppSpec {
        files = List.copyOf(files);
        hooks = Map.copyOf(hooks);
    }

    /** The scripts of one event, in order; none if the event has none. */
    public List<Hook> scripts(String event) {
        return hooks.getOrDefault(event, List.of());
    }

    /** One entry of {@code files}: a file or folder of the bundle, and the folder that it goes to on the instance. */
    public record Copy(String source, String destination) {
        public Copy {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(destination, "destination");
        }
    }

    /** One script of an event: its place in the bundle and how long it may run. */
    public record Hook(String location, Duration timeout) {
        public Hook {
            Objects.requireNonNull(location, "location");
            Objects.requireNonNull(timeout, "timeout");
        }
    }

    /** Thrown when the file cannot be followed; lists every fault, not the first. */
    public static final class Invalid extends Exception {
        private final transient List<String> faults;

        Invalid(List<String> faults) {
            super("appspec.yml: " + String.join("; ", faults));
            this.faults = List.copyOf(faults);
        }

        /** Each fault in words, in the order of the file. */
        public List<String> faults() {
            return faults;
        }
    }
}
