package dev.greenlight.cli.doctor;

import static dev.greenlight.cli.doctor.Ailment.breaks;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenlight.cli.installed.Fitted;
import dev.greenlight.service.Config;
import dev.greenlight.service.ConfigReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What hands do to the rule of an A/B test's audience: here it is the festival's. */
class AudienceAilmentsTest {

    private static final String AUDIENCE = "Custom::GreenlightAudienceRule";
    private static final String PRODUCTION = "Custom::GreenlightTrafficRule";
    private static final String TITLE = "rule of the audience";

    private static Patient patient() {
        try {
            Config tried = config("a-b");
            return new Patient(Fitted.template(config("festival").releasing(tried.strategy()))
                    .toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Config config(String example) throws IOException {
        Path here = Path.of("").toAbsolutePath();
        Path root = Files.isDirectory(here.resolve("infra-cdk")) ? here : here.getParent();
        return ConfigReader.read(root.resolve("infra-cdk/examples/" + example + ".yaml"));
    }

    static Stream<Ailment> ailments() {
        return Stream.of(
                breaks(
                        "it is deleted",
                        p -> p.paper.remove(p.paper.logicalId(AUDIENCE, "")),
                        TITLE,
                        "the rule is gone"),
                breaks(
                        "it takes other users",
                        p -> ((ObjectNode) rule(p, AUDIENCE).path("Audience").path(0))
                                .putArray("Values")
                                .add("web"),
                        TITLE,
                        "http-header cookie=*beta=on*, x-app=web"),
                breaks(
                        "it gives the audience to both fleets",
                        p -> forward(p, AUDIENCE, 50, 50),
                        TITLE,
                        "it does something that no release writes"));
    }

    @ParameterizedTest
    @MethodSource("ailments")
    void what_a_hand_did_is_told_and_nothing_else(Ailment ailment) {
        ailment.isToldAlone(patient());
    }

    @Test
    void at_rest_and_in_a_test_it_is_well() {
        Patient resting = patient();
        forward(resting, PRODUCTION, 100, 0);
        forward(resting, AUDIENCE, 100, 0);
        assertThat(DoctorTest.printed(resting.examined())).contains("does what production does");

        Patient trying = patient();
        forward(trying, PRODUCTION, 100, 0);
        forward(trying, AUDIENCE, 0, 100);
        assertThat(DoctorTest.printed(trying.examined())).contains("an A/B test is on");
        assertThat(Patient.missing(trying.examined())).isEmpty();
    }

    @Test
    void behind_production_nobody_comes_to_it() {
        Patient patient = patient();
        rule(patient, AUDIENCE).put("Priority", "900");
        assertThat(DoctorTest.printed(patient.examined()))
                .contains("it comes after production: priority 900, production has 103");
    }

    private static ObjectNode rule(Patient patient, String type) {
        return patient.paper.change(patient.paper.logicalId(type, ""));
    }

    private static void forward(Patient patient, String type, int a, int b) {
        ObjectNode action = rule(patient, type).putArray("Actions").addObject().put("Type", "forward");
        ArrayNode groups = action.putObject("ForwardConfig").putArray("TargetGroups");
        add(patient, groups, "FleetsA", a);
        add(patient, groups, "FleetsB", b);
    }

    private static void add(Patient patient, ArrayNode groups, String fleet, int weight) {
        String id = patient.paper.logicalId("AWS::ElasticLoadBalancingV2::TargetGroup", fleet);
        groups.addObject().put("TargetGroupArn", patient.paper.id(id)).put("Weight", weight);
    }
}
