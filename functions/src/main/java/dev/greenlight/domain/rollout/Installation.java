package dev.greenlight.domain.rollout;

import java.util.Optional;
import java.util.Set;

/** What is known of the deployment that installs the revision on green. */
public sealed interface Installation {

    /** No deployment of this rollout exists. */
    record NotStarted() implements Installation {}

    /** The deployment runs, or another one holds the group; {@code detail} says which and how far, {@code batch} where it goes from zone to zone. */
    record Running(String detail, Optional<Rolling.Batch> batch) implements Installation {

        /** One that is not looked into any further. */
        public Running(String detail) {
            this(detail, Optional.empty());
        }
    }

    /** The deployment was stopped; of what it was at work on, nobody knows what became. */
    record Stopped(String detail, Rolling.Batch batch) implements Installation {}

    /** The deployment succeeded; {@code instances} are the ids on which the revision is proven to be. */
    record Succeeded(Set<String> instances) implements Installation {
        public Succeeded {
            instances = Set.copyOf(instances);
        }
    }

    /**
     * The deployment failed.
     *
     * @param detail which instance and lifecycle event, with the script's last words
     * @param blamesRevision whether a script of the revision failed, not the platform
     */
    record Failed(String detail, boolean blamesRevision) implements Installation {}

    /** The deployment failed before it did anything to any instance: so many had to stay that none could go, or there was none. */
    record Refused(String detail) implements Installation {}
}
