package dev.greenlight.counterpart;

import dev.greenlight.adapter.Aws;
import dev.greenlight.adapter.Clients;
import dev.greenlight.adapter.scheduler.EventBridgeAppointments.Book;
import dev.greenlight.domain.fleet.Fleet;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.hook.RevisionLocation;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A counterpart of AWS with a small landscape in it, the same in all of them and each test's own: a service behind a load balancer, whose
 * fleet A serves with two healthy instances of at most ten, and whose fleet B is empty and may grow to ten.
 */
public interface Ground extends AutoCloseable {

    Counterpart counterpart();

    /** The clients that a deployed function would have. */
    Clients clients();

    /** How a call is made and repeated. */
    Aws aws();

    InstantSource clock();

    /** Lets what was begun come to its end, as far as it does so within minutes. */
    void settle();

    Fleet a();

    Fleet b();

    default Fleet fleet(FleetName name) {
        return name == FleetName.A ? a() : b();
    }

    /** ARN of the load balancer. */
    String loadBalancer();

    /** ARN of the listener on which the service's rules stand. */
    String listener();

    /** ARN of the production rule, which gives fleet A everything and has none of Greenlight's tags. */
    String rule();

    /** ARN of a rule that answers 503 by itself. */
    String closedRule();

    /** Gives the launch template one more version, which nobody uses by that, and returns it. */
    LaunchSource.Template revised(LaunchSource.Template template);

    /** The load balancer counts something about a fleet, as if requests had been there. */
    void count(FleetName fleet, String metric, Instant at, double value, int times);

    /** CodeDeploy's application. */
    String application();

    /** A revision that CodeDeploy can install. */
    RevisionLocation revision();

    /** Where appointments are kept. */
    Book book();

    /** Removes what would be in the way of the next. */
    @Override
    void close();
}
