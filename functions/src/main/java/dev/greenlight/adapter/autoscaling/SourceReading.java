package dev.greenlight.adapter.autoscaling;

import dev.greenlight.domain.fleet.LaunchSource;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;

/**
 * Reads what groups launch from. A template without a version stands for its default one ("LaunchTemplateSpecification" in
 * the Amazon EC2 Auto Scaling API Reference).
 */
final class SourceReading {

    private static final String NO_VERSION = "$Default";

    private SourceReading() {}

    static LaunchSource of(AutoScalingGroup group) {
        if (group.mixedInstancesPolicy() != null) {
            return new LaunchSource.Other("a mixed instances policy");
        }
        return template(group.launchTemplate())
                .<LaunchSource>map(template -> template)
                .orElseGet(() -> new LaunchSource.Other("a launch configuration"));
    }

    static Optional<LaunchSource.Template> origin(Instance instance) {
        return template(instance.launchTemplate());
    }

    private static Optional<LaunchSource.Template> template(LaunchTemplateSpecification named) {
        return Optional.ofNullable(named)
                .map(template -> new LaunchSource.Template(
                        template.launchTemplateId(),
                        Optional.ofNullable(template.version()).orElse(NO_VERSION)));
    }
}
