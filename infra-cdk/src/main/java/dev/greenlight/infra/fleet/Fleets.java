package dev.greenlight.infra.fleet;

import dev.greenlight.infra.Names;
import dev.greenlight.infra.network.Place;
import dev.greenlight.infra.permit.Permit;
import dev.greenlight.infra.revision.Revisions;
import dev.greenlight.service.Config;
import java.util.List;
import java.util.Optional;
import software.constructs.Construct;

/** The two permanent fleets of a service, equal in everything, and what installs revisions on them. */
public final class Fleets extends Construct {

    private final Fleet a;
    private final Fleet b;
    private final LaunchPermits launches;
    private final Deployments deployments;

    /**
     * @param requestsFrom the security group of the load balancer
     * @param onInstances what instances may do beside reading their revisions
     * @param copying what makes instances copy requests; empty where they do not
     */
    public Fleets(
            Construct scope,
            String id,
            Names names,
            Config config,
            Place place,
            String requestsFrom,
            Revisions revisions,
            List<Permit> onInstances,
            Optional<Copying> copying,
            VersionKeeper keeper) {
        super(scope, id);
        Config.Fleet fleet = config.fleet();
        Machine machine =
                new Machine(this, "Machine", names, fleet, place, requestsFrom, revisions, onInstances, copying);
        this.a = new Fleet(this, "A", names, fleet, place, machine, keeper);
        this.b = new Fleet(this, "B", names, fleet, place, machine, keeper);
        this.launches = new LaunchPermits(
                names,
                List.of(a.launchTemplateId(), b.launchTemplateId()),
                machine.roleArn(),
                place,
                machine.securityGroup());
        this.deployments = new Deployments(
                this,
                "Deployments",
                names,
                List.of(a, b),
                launches,
                config.strategy().traffic());
    }

    public Fleet a() {
        return a;
    }

    public Fleet b() {
        return b;
    }

    /** What is asked of whoever gives one of the groups another version of its launch template. */
    public List<Permit> launchPermits() {
        return launches.all();
    }

    /** The name of the CodeDeploy application. */
    public String application() {
        return deployments.application();
    }
}
