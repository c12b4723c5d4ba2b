package dev.greenlight.config;

import dev.greenlight.domain.fleet.Fleet;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.domain.traffic.ClosedAnswer;
import java.net.URI;
import java.util.Optional;

/**
 * Everything that one service's functions are told: where its things are in AWS, and on which terms it is released.
 *
 * @param region the AWS region, {@code ap-northeast-2}
 * @param rule ARN of the production rule
 * @param audienceRule ARN of the rule for an A/B test's audience; empty where there is none
 * @param shadowRule ARN of the rule for copies of users' requests; empty where no instance makes any
 * @param loadBalancer ARN of the load balancer, or its metric dimension {@code app/name/id}
 * @param application CodeDeploy's application; empty like the fleets' groups where CodeDeploy's own hooks are all that is answered
 * @param table DynamoDB's table
 * @param byZone the deployment configurations of the strategy rolling; empty where there are none
 * @param closed what users are answered while a release keeps the service closed
 * @param preview how green is reached apart from users; empty where no smoke test asks for it
 */
public record Settings(
        String region,
        String rule,
        Optional<String> audienceRule,
        Optional<String> shadowRule,
        String loadBalancer,
        Fleet a,
        Fleet b,
        String application,
        String table,
        Schedules schedules,
        Optional<ByZone> byZone,
        ClosedAnswer closed,
        Optional<Preview> preview,
        Terms terms) {

    public String service() {
        return terms.service();
    }

    /** Whether there are groups to install revisions on; CodeDeploy's own hooks come from services without. */
    public boolean installs() {
        return !application.isEmpty();
    }

    /**
     * CodeDeploy's configurations that go from zone to zone.
     *
     * @param forward with time to watch each zone
     * @param back without, for what is taken back
     */
    public record ByZone(String forward, String back) {}

    /**
     * Where appointments are kept.
     *
     * @param group the schedule group
     * @param role ARN of the role with which the Scheduler calls
     * @param retireFunction ARN of the function that retires blue
     * @param self ARN of this function, where it calls itself again for CodeDeploy's hooks
     */
    public record Schedules(String group, String role, String retireFunction, Optional<String> self) {}

    /**
     * The two preview rules: the service's own host name and paths, and a header whose value says which fleet.
     *
     * @param url the load balancer, {@code https://} or {@code http://} with host and port, no path
     * @param host the service's real host name
     * @param header the secret header's name
     * @param secretA its value in fleet A's rule
     * @param secretB its value in fleet B's rule
     */
    public record Preview(URI url, String host, String header, String secretA, String secretB) {

        public String secretFor(FleetName fleet) {
            return fleet == FleetName.A ? secretA : secretB;
        }

        @Override
        public String toString() {
            return "Preview[%s, host %s, header %s]".formatted(url, host, header);
        }
    }
}
