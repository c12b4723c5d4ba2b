package dev.greenlight.cli.doctor;

import static dev.greenlight.cli.doctor.Ailment.breaks;
import static dev.greenlight.cli.doctor.Ailment.odd;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What hands do to the rules that route traffic. */
class TrafficAilmentsTest {

    private static final String TARGETS = "AWS::ElasticLoadBalancingV2::TargetGroup";
    private static final String LISTENER = "AWS::ElasticLoadBalancingV2::Listener";
    private static final String PREVIEW = "AWS::ElasticLoadBalancingV2::ListenerRule";
    private static final String PRODUCTION = "Custom::GreenlightTrafficRule";

    @ParameterizedTest
    @MethodSource({"rules", "listeners"})
    void what_a_hand_did_is_told_and_nothing_else(Ailment ailment) {
        ailment.isToldAlone();
    }

    static Stream<Ailment> listeners() {
        return Stream.of(
                breaks(
                        "a listener is deleted",
                        p -> p.paper.remove(p.paper.logicalId(LISTENER, "FrontDoorSecure")),
                        "listener of port 443",
                        "the listener is gone"),
                breaks(
                        "a listener listens elsewhere",
                        p -> p.paper
                                .change(p.paper.logicalId(LISTENER, "FrontDoorSecure"))
                                .put("Port", 8443),
                        "listener of port 443",
                        "it listens for HTTPS 8443, deployed for HTTPS 443"));
    }

    static Stream<Ailment> rules() {
        return Stream.of(
                breaks(
                        "the production rule's hosts are changed",
                        p -> p.paper
                                .change(p.paper.logicalId(PRODUCTION, ""))
                                .putArray("Hosts")
                                .add("other.example.com"),
                        "rule of production",
                        "it takes host-header other.example.com, deployed for host-header tickets.example.com"),
                breaks(
                        "the production rule takes one path only",
                        p -> p.paper
                                .change(p.paper.logicalId(PRODUCTION, ""))
                                .putArray("Paths")
                                .add("/nowhere"),
                        "rule of production",
                        "it takes host-header tickets.example.com; path-pattern /nowhere, deployed for host-header"),
                odd(
                        "the production rule's priority is changed",
                        p -> p.paper.change(p.paper.logicalId(PRODUCTION, "")).put("Priority", "900"),
                        "rule of production",
                        "its priority is 900, deployed as 103"),
                breaks(
                        "a preview rule takes other hosts",
                        p -> ((ObjectNode) p.paper
                                        .change(p.paper.logicalId(PREVIEW, "PreviewA"))
                                        .path("Conditions")
                                        .path(1)
                                        .path("HostHeaderConfig"))
                                .putArray("Values")
                                .add("*.example.org"),
                        "rule of fleet A's preview",
                        "it takes host-header *.example.org; http-header x-greenlight-preview, deployed for"),
                breaks(
                        "a preview rule asks for another header",
                        p -> ((ObjectNode) p.paper
                                        .change(p.paper.logicalId(PREVIEW, "PreviewA"))
                                        .path("Conditions")
                                        .path(0)
                                        .path("HttpHeaderConfig"))
                                .put("HttpHeaderName", "X-Mine"),
                        "rule of fleet A's preview",
                        "http-header x-mine, deployed for"),
                breaks(
                        "the production rule redirects",
                        p -> p.paper
                                .change(p.paper.logicalId(PRODUCTION, ""))
                                .putArray("Actions")
                                .addObject()
                                .put("Type", "redirect"),
                        "rule of production",
                        "it does not forward: redirect"),
                breaks(
                        "the production rule forwards to a third target group",
                        p -> forward(
                                p,
                                "a",
                                "b",
                                "arn:aws:elasticloadbalancing:ap-northeast-2:123456789012:targetgroup/canary/1"),
                        "rule of production",
                        "targetgroup/canary/1"),
                breaks(
                        "the production rule gives nobody anything",
                        p -> forward(p, "b", "a").put("Weight", 0),
                        "rule of production",
                        "all weights are zero"),
                odd(
                        "the production rule forgets a fleet",
                        p -> forward(p, "a"),
                        "rule of production",
                        "it does not name fleet B"),
                breaks(
                        "the production rule is deleted",
                        p -> p.paper.remove(p.paper.logicalId(PRODUCTION, "")),
                        "rule of production",
                        "the rule is gone"),
                breaks(
                        "a preview rule is deleted",
                        p -> p.paper.remove(p.paper.logicalId(PREVIEW, "PreviewB")),
                        "rule of fleet B's preview",
                        "the rule is gone"),
                breaks(
                        "a preview rule comes after production",
                        p -> p.paper
                                .change(p.paper.logicalId(PREVIEW, "PreviewA"))
                                .put("Priority", 400),
                        "rule of fleet A's preview",
                        "it comes after production: priority 400, production has 103"),
                breaks(
                        "a preview rule leads to the other fleet",
                        p -> ((ObjectNode) p.paper
                                        .change(p.paper.logicalId(PREVIEW, "PreviewA"))
                                        .path("Actions")
                                        .path(0))
                                .put("TargetGroupArn", p.paper.id(p.paper.logicalId(TARGETS, "FleetsB"))),
                        "rule of fleet A's preview",
                        "not to fleet A alone"),
                breaks(
                        "a preview rule asks for no header",
                        p -> ((ArrayNode) p.paper
                                        .change(p.paper.logicalId(PREVIEW, "PreviewA"))
                                        .path("Conditions"))
                                .remove(0),
                        "rule of fleet A's preview",
                        "it asks for no secret header"),
                breaks(
                        "a preview rule asks for another secret",
                        p -> ((ObjectNode) p.paper
                                        .change(p.paper.logicalId(PREVIEW, "PreviewA"))
                                        .path("Conditions")
                                        .path(0)
                                        .path("HttpHeaderConfig"))
                                .putArray("Values")
                                .add("guess"),
                        "rule of fleet A's preview",
                        "is not the one that BeforeAllowTraffic sends"));
    }

    /** The production rule gives all to the first of these: fleets by their letters, or ARNs. @return the first one's share */
    private static ObjectNode forward(Patient patient, String... groups) {
        ObjectNode action = patient.paper
                .change(patient.paper.logicalId(PRODUCTION, ""))
                .putArray("Actions")
                .addObject()
                .put("Type", "forward");
        ArrayNode tuples = action.putObject("ForwardConfig").putArray("TargetGroups");
        for (String group : groups) {
            String arn = switch (group) {
                case "a" -> patient.paper.id(patient.paper.logicalId(TARGETS, "FleetsA"));
                case "b" -> patient.paper.id(patient.paper.logicalId(TARGETS, "FleetsB"));
                default -> group;
            };
            tuples.addObject().put("TargetGroupArn", arn).put("Weight", tuples.size() == 1 ? 100 : 0);
        }
        return (ObjectNode) tuples.path(0);
    }
}
