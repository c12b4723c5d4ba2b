package dev.greenlight.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.SnapStartApplyOn;
import software.amazon.awssdk.services.lambda.model.VpcConfigResponse;

/** What a function runs with: its code's entry, time, memory and network, against what it was deployed with. */
final class Shape {

    private final Part function;
    private final GetFunctionConfigurationResponse live;
    private final List<String> harmful = new ArrayList<>();
    private final List<String> harmless = new ArrayList<>();

    private Shape(Part function, GetFunctionConfigurationResponse live) {
        this.function = function;
        this.live = live;
    }

    static void look(Place place, Hook hook, Part function, GetFunctionConfigurationResponse live, Notebook notebook) {
        Shape shape = new Shape(function, live);
        shape.compare();
        if (!shape.harmful.isEmpty()) {
            notebook.missing(place, "not as deployed: " + String.join("; ", shape.harmful), hook.without(), back());
        }
        if (!shape.harmless.isEmpty()) {
            notebook.odd(place, "not as deployed: " + String.join("; ", shape.harmless), back());
        }
        if ("Failed".equals(live.stateAsString()) || "Failed".equals(live.lastUpdateStatusAsString())) {
            notebook.missing(
                    place,
                    "Lambda cannot run it: "
                            + Optional.ofNullable(live.stateReason())
                                    .or(() -> Optional.ofNullable(live.lastUpdateStatusReason()))
                                    .orElse("no reason is given"),
                    hook.without(),
                    Remedy.of("mend what the reason names, then deploy"));
        }
    }

    private static Remedy back() {
        return Remedy.of(
                "put it back by hand: a deployment of an unchanged template changes nothing; where an alias calls"
                        + " it, publish a version and let the alias name that");
    }

    private void compare() {
        differ("handler", function.text("Handler"), live.handler());
        amount("memory", "MemorySize", live.memorySize());
        differ("runtime", function.text("Runtime"), live.runtimeAsString());
        amount("time limit", "Timeout", live.timeout());
        network();
        String architecture = String.join(", ", Policies.texts(function.wanted().path("Architectures")));
        String there = String.join(", ", live.architecturesAsStrings());
        if (!architecture.isEmpty() && !there.isEmpty() && !architecture.equals(there)) {
            harmless.add("it runs on %s, deployed for %s".formatted(there, architecture));
        }
        String snapshots = function.wanted().path("SnapStart").path("ApplyOn").asText("");
        if (snapshots.equals(SnapStartApplyOn.PUBLISHED_VERSIONS.toString())
                && live.snapStart() != null
                && live.snapStart().applyOn() != SnapStartApplyOn.PUBLISHED_VERSIONS) {
            harmless.add("it has no snapshot to start from: the first call after a quiet hour starts slowly");
        }
    }

    private void differ(String what, String wanted, String there) {
        if (!wanted.isEmpty() && !wanted.equals(there)) {
            harmful.add("%s %s, deployed as %s".formatted(what, there, wanted));
        }
    }

    /** More than was deployed does no harm. */
    private void amount(String what, String property, Integer there) {
        int wanted = function.wanted().path(property).asInt();
        if (wanted != 0 && there != null && there != wanted) {
            (there < wanted ? harmful : harmless).add("%s %d, deployed as %d".formatted(what, there, wanted));
        }
    }

    /** In which subnets it stands, and what it may reach from there. */
    private void network() {
        JsonNode wanted = function.wanted().path("VpcConfig");
        Set<String> own = new TreeSet<>(Policies.texts(wanted.path("SubnetIds")));
        own.addAll(Policies.texts(wanted.path("SecurityGroupIds")));
        Set<String> there = new TreeSet<>();
        VpcConfigResponse network = live.vpcConfig();
        if (network != null) {
            there.addAll(network.subnetIds());
            there.addAll(network.securityGroupIds());
        }
        if (!own.equals(there) && !own.contains(LivePhysical.UNKNOWN)) {
            harmful.add("it stands in %s, deployed for %s".formatted(told(there), told(own)));
        }
    }

    private static String told(Set<String> network) {
        return network.isEmpty() ? "no VPC" : String.join(" ", network);
    }
}
