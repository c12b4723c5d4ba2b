package dev.greenlight.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;

class DeployedClientsTest {

    @Test
    void a_function_finds_its_credentials_in_the_environment() {
        assertThat(DeployedClients.credentials(Map.of("AWS_ACCESS_KEY_ID", "example")))
                .isInstanceOf(EnvironmentVariableCredentialsProvider.class);
    }

    /** Guards against a RollBack that starts from a snapshot and has no credentials. */
    @Test
    void a_function_that_starts_from_a_snapshot_asks_for_them() {
        assertThat(DeployedClients.credentials(
                        Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:9001/2021-09-21/credentials")))
                .isInstanceOf(ContainerCredentialsProvider.class);
    }

    @Test
    void every_service_is_called_where_it_is() {
        assertThat(DeployedClients.of(Map.of("AWS_REGION", "eu-west-1")).endpoint("monitoring"))
                .hasToString("https://monitoring.eu-west-1.amazonaws.com");
        assertThat(DeployedClients.of(Map.of("AWS_REGION", "cn-north-1")).endpoint("ec2"))
                .hasToString("https://ec2.cn-north-1.amazonaws.com.cn");
    }

    @Test
    void all_calls_go_to_one_place_if_the_environment_says_so() {
        DeployedClients elsewhere =
                DeployedClients.of(Map.of("AWS_REGION", "eu-west-1", "AWS_ENDPOINT_URL", "http://127.0.0.1:5000"));
        assertThat(elsewhere.endpoint("dynamodb")).hasToString("http://127.0.0.1:5000");
        assertThat(elsewhere.endpoint("ec2")).hasToString("http://127.0.0.1:5000");
    }
}
