package dev.greenlight.cli.doctor;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * Whose credentials and which region are meant. A profile that was asked for by name is the one that is used, whatever keys stand in the
 * environment, as the AWS CLI has it ("Configuration and credential precedence", AWS CLI user guide); the SDK's own chain would take the
 * environment's keys first.
 */
final class Whereabouts {

    private Whereabouts() {}

    /** Of the profile; of the SDK's chain where none is named. */
    static AwsCredentialsProvider credentials(String profile, ProfileFile files) {
        return profile == null
                ? DefaultCredentialsProvider.builder().build()
                : ProfileCredentialsProvider.builder()
                        .profileFile(files)
                        .profileName(profile)
                        .build();
    }

    /**
     * The named profile's region, else the environment's, else that of the SDK's chain.
     *
     * @throws CannotLook when there is none
     */
    static Region region(String profile, ProfileFile files, Map<String, String> environment) {
        Optional<Region> named = Optional.ofNullable(profile)
                .map(name -> new AwsProfileRegionProvider(() -> files, name))
                .flatMap(provider -> asked(provider::getRegion));
        return named.or(() -> Stream.of("AWS_REGION", "AWS_DEFAULT_REGION")
                        .map(variable -> environment.getOrDefault(variable, ""))
                        .filter(value -> !value.isBlank())
                        .map(Region::of)
                        .findFirst())
                .or(() -> asked(DefaultAwsRegionProviderChain.builder()
                        .profileFile(() -> files)
                        .build()::getRegion))
                .orElseThrow(
                        () -> new CannotLook(
                                "no region was found: give --region, or set AWS_REGION, AWS_DEFAULT_REGION or the profile's region"));
    }

    private static Optional<Region> asked(Supplier<Region> where) {
        try {
            return Optional.ofNullable(where.get());
        } catch (SdkClientException e) {
            return Optional.empty();
        }
    }
}
