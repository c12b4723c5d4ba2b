package dev.greenlight.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.adapter.codedeploy.CodeDeployInstaller;
import dev.greenlight.adapter.elb.AlbTrafficRules;
import dev.greenlight.domain.fleet.Fleet;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.hook.RevisionLocation;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.port.Installer;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentResponse;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentsRequest;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;

/** An answer that always promises another page is not followed for ever: rule 11 of docs/rules.md. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EndlessPagesTest {

    private static final int MORE_THAN_ANYBODY_NEEDS = 100;

    private static final Aws AWS = new Aws(new RecordingPause());

    /** Every page is empty and says that there is another one. */
    private record EndlessRules(AtomicInteger pages) implements ElasticLoadBalancingV2Client {
        @Override
        public DescribeRulesResponse describeRules(DescribeRulesRequest request) {
            return DescribeRulesResponse.builder()
                    .nextMarker("page " + pages.incrementAndGet())
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }

    private record EndlessDeployments(AtomicInteger pages) implements CodeDeployClient {
        @Override
        public ListDeploymentsResponse listDeployments(ListDeploymentsRequest request) {
            return ListDeploymentsResponse.builder()
                    .nextToken("page " + pages.incrementAndGet())
                    .build();
        }

        @Override
        public CreateDeploymentResponse createDeployment(CreateDeploymentRequest request) {
            return CreateDeploymentResponse.builder().deploymentId("d-1").build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }

    @Test
    void of_a_listeners_rules() {
        AtomicInteger pages = new AtomicInteger();

        assertThat(new AlbTrafficRules(new EndlessRules(pages), AWS).takenPriorities("listener"))
                .isEmpty();
        assertThat(pages).hasValueLessThan(MORE_THAN_ANYBODY_NEEDS);
    }

    @Test
    void of_a_groups_deployments() {
        AtomicInteger pages = new AtomicInteger();
        Installer installer = new CodeDeployInstaller(
                new EndlessDeployments(pages),
                AWS,
                "checkout",
                fleet(FleetName.A),
                fleet(FleetName.B),
                Optional.empty());

        assertThat(installer.start(
                        FleetName.B, new RevisionLocation("bucket", "key"), new RolloutId("r-1"), Instant.EPOCH))
                .isEqualTo(new Installer.Started.By("d-1"));
        assertThat(pages).hasValueLessThan(MORE_THAN_ANYBODY_NEEDS);
    }

    private static Fleet fleet(FleetName name) {
        return new Fleet(name, "group-" + name, "targets-" + name, "deployments-" + name, Optional.empty());
    }
}
