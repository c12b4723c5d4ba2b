package dev.greenlight.sandbox.codedeploy;

import java.util.HashSet;
import java.util.Set;

/** A deployment group: in place, one Auto Scaling group, no traffic control. Guarded by the lock of {@link Deployments}. */
final class Group {

    final String application;
    final String name;
    final String id;
    final String autoScalingGroup;

    /** The one deployment that holds the group; null when the next may start. */
    Deployment active;

    Deployment lastAttempted;
    Deployment lastSuccessful;

    /** Instances that had the last successful revision deployed to them, with whatever result: they are not updated again by themselves. */
    final Set<String> updated = new HashSet<>();

    Group(String application, String name, String id, String autoScalingGroup) {
        this.application = application;
        this.name = name;
        this.id = id;
        this.autoScalingGroup = autoScalingGroup;
    }
}
