package dev.greenlight.sandbox.codedeploy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A deployment group: in place, one Auto Scaling group, with traffic control where it names target groups. Guarded by the lock of {@link Deployments}. */
final class Group {

    final String application;
    final String name;
    final String id;
    final String autoScalingGroup;

    /** The ARNs of those whose traffic it controls; none without traffic control. */
    final List<String> targetGroups;

    /** By which it deploys what nobody asked for by name. */
    final Configuration configuration;

    /** Instances whose last deployment failed, or has no known end. */
    final Set<String> unhealthy = new HashSet<>();

    /** The one deployment that holds the group; null when the next may start. */
    Deployment active;

    Deployment lastAttempted;
    Deployment lastSuccessful;

    /** Instances that had the last successful revision deployed to them, with whatever result: they are not updated again by themselves. */
    final Set<String> updated = new HashSet<>();

    Group(
            String application,
            String name,
            String id,
            String autoScalingGroup,
            Configuration configuration,
            List<String> targetGroups) {
        this.application = application;
        this.name = name;
        this.id = id;
        this.autoScalingGroup = autoScalingGroup;
        this.configuration = configuration;
        this.targetGroups = List.copyOf(targetGroups);
    }
}
