package dev.greenlight.sandbox;

import dev.greenlight.sandbox.world.Account;
import dev.greenlight.sandbox.world.HealthCheck;
import java.time.Duration;
import java.util.List;

/**
 * What a sandbox builds: a service behind a load balancer, with two fleets, one production rule and a preview rule per fleet.
 *
 * @param service the service's name; fleets are called service-a and service-b
 * @param host the host name that all three rules ask for
 * @param previewHeader the header that the preview rules ask for
 * @param previewSecrets its value for fleet A and for fleet B
 * @param zones into how many Availability Zones instances are launched
 * @param fleetA the fleet that gets all traffic when it serves; otherwise production answers 503
 */
public record Landscape(
        Account account,
        String service,
        String host,
        String previewHeader,
        List<String> previewSecrets,
        HealthCheck healthCheck,
        Duration deregistrationDelay,
        FleetPlan fleetA,
        FleetPlan fleetB,
        int zones) {

    /** The priority of the production rule; the preview rules come before it. */
    public static final int PRODUCTION_PRIORITY = 100;

    public Landscape {
        previewSecrets = List.copyOf(previewSecrets);
        if (previewSecrets.size() != 2 || previewSecrets.get(0).equals(previewSecrets.get(1))) {
            throw new IllegalArgumentException("two fleets need two different preview secrets");
        }
    }

    /** The service before its first release: both fleets empty, production answers 503. */
    public static Landscape beforeFirstRelease(String service) {
        return new Landscape(
                Account.example(),
                service,
                service + ".example.com",
                "X-Greenlight-Preview",
                List.of("preview-of-a-7c1f", "preview-of-b-2e9d"),
                HealthCheck.onHealth(),
                Duration.ofSeconds(60),
                FleetPlan.empty(),
                FleetPlan.empty(),
                1);
    }

    /** The service with a revision that fleet A has been serving for an hour. */
    public static Landscape serving(String service, String revision, int instances) {
        return beforeFirstRelease(service).withFleetA(FleetPlan.serving(revision, instances));
    }

    /** The same landscape with another fleet A. */
    public Landscape withFleetA(FleetPlan other) {
        return new Landscape(
                account,
                service,
                host,
                previewHeader,
                previewSecrets,
                healthCheck,
                deregistrationDelay,
                other,
                fleetB,
                zones);
    }

    /** The same landscape with instances in so many zones. */
    public Landscape inZones(int many) {
        return new Landscape(
                account,
                service,
                host,
                previewHeader,
                previewSecrets,
                healthCheck,
                deregistrationDelay,
                fleetA,
                fleetB,
                many);
    }

    /** The same landscape with other health checks and draining. */
    public Landscape withTargets(HealthCheck otherCheck, Duration otherDelay) {
        return new Landscape(
                account, service, host, previewHeader, previewSecrets, otherCheck, otherDelay, fleetA, fleetB, zones);
    }
}
