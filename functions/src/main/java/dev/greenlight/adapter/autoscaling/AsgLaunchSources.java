package dev.greenlight.adapter.autoscaling;

import dev.greenlight.adapter.Aws;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.port.LaunchSources;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;

/** What Auto Scaling groups launch from. Follows "DescribeAutoScalingGroups", which leaves out names that do not exist. */
public final class AsgLaunchSources implements LaunchSources {

    private final AutoScalingClient autoScaling;
    private final Aws aws;

    public AsgLaunchSources(AutoScalingClient autoScaling, Aws aws) {
        this.autoScaling = autoScaling;
        this.aws = aws;
    }

    @Override
    public Optional<LaunchSource> of(String group) {
        return aws
                .repeatable(
                        "autoscaling:DescribeAutoScalingGroups",
                        () -> autoScaling.describeAutoScalingGroups(r -> r.autoScalingGroupNames(group)))
                .autoScalingGroups()
                .stream()
                .findFirst()
                .map(SourceReading::of);
    }
}
