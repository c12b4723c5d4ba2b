package dev.greenlight.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import software.amazon.awssdk.profiles.ProfileFile;

class WhereaboutsTest {

    private static final ProfileFile FILES = ProfileFile.builder()
            .content(new ByteArrayInputStream("""
                    [default]
                    region = us-west-2
                    [profile prod]
                    region = ap-northeast-2
                    aws_access_key_id = PROD
                    aws_secret_access_key = secret
                    [profile nowhere]
                    aws_access_key_id = NOWHERE
                    aws_secret_access_key = secret
                    """.getBytes(StandardCharsets.UTF_8)))
            .type(ProfileFile.Type.CONFIGURATION)
            .build();

    /** The SDK's chain takes keys of the environment, or of system properties, before those of a profile that was asked for by name. */
    @Test
    @ResourceLock(Resources.SYSTEM_PROPERTIES)
    void a_profile_that_is_named_is_the_one_that_is_used() {
        System.setProperty("aws.accessKeyId", "ENVIRONMENT");
        System.setProperty("aws.secretAccessKey", "secret");
        try {
            assertThat(Whereabouts.credentials("prod", FILES)
                            .resolveCredentials()
                            .accessKeyId())
                    .isEqualTo("PROD");
            assertThat(Whereabouts.credentials(null, FILES).resolveCredentials().accessKeyId())
                    .isEqualTo("ENVIRONMENT");
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }
    }

    @Test
    void the_named_profiles_region_comes_before_the_environments() {
        assertThat(Whereabouts.region("prod", FILES, Map.of("AWS_REGION", "eu-west-1"))
                        .id())
                .isEqualTo("ap-northeast-2");
    }

    @Test
    void a_named_profile_without_a_region_takes_the_environments() {
        assertThat(Whereabouts.region("nowhere", FILES, Map.of("AWS_REGION", "eu-west-1"))
                        .id())
                .isEqualTo("eu-west-1");
    }

    @Test
    void the_environments_default_region_counts_after_its_region() {
        assertThat(Whereabouts.region(null, FILES, Map.of("AWS_DEFAULT_REGION", "eu-west-3"))
                        .id())
                .isEqualTo("eu-west-3");
        assertThat(Whereabouts.region(null, FILES, Map.of("AWS_DEFAULT_REGION", "eu-west-3", "AWS_REGION", "eu-west-1"))
                        .id())
                .isEqualTo("eu-west-1");
    }
}
