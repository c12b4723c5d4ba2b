package dev.greenlight.cli.doctor;

import static dev.greenlight.cli.doctor.Ailment.breaks;
import static dev.greenlight.cli.doctor.Ailment.odd;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What hands do to functions and to what stands around them. */
class FunctionAilmentsTest {

    @ParameterizedTest
    @MethodSource({"functions", "callability"})
    void what_a_hand_did_is_told_and_nothing_else(Ailment ailment) {
        ailment.isToldAlone();
    }

    static Stream<Ailment> functions() {
        return Stream.of(
                breaks(
                        "a function is deleted",
                        p -> {
                            p.paper.remove(p.functionId("Promote"));
                        },
                        "function Promote",
                        "the function is gone"),
                breaks(
                        "the time limit of a function is shortened",
                        p -> p.function("AllowTraffic").put("Timeout", 3),
                        "function AllowTraffic",
                        "time limit 3, deployed as 120"),
                breaks(
                        "another handler",
                        p -> p.function("AllowTraffic").put("Handler", "dev.greenlight.adapter.lambda.SweepHandler"),
                        "function AllowTraffic",
                        "handler dev.greenlight.adapter.lambda.SweepHandler"),
                breaks(
                        "Lambda cannot start it",
                        p -> p.function("Sweep").put("State", "Failed").put("StateReason", "no such subnet"),
                        "function Sweep",
                        "Lambda cannot run it: no such subnet"),
                breaks(
                        "its memory is halved",
                        p -> p.function("AllowTraffic").put("MemorySize", 256),
                        "function AllowTraffic",
                        "memory 256, deployed as"),
                odd(
                        "it is given more memory",
                        p -> p.function("AllowTraffic").put("MemorySize", 3008),
                        "function AllowTraffic",
                        "memory 3008, deployed as"),
                odd(
                        "it is given more time",
                        p -> p.function("AllowTraffic").put("Timeout", 900),
                        "function AllowTraffic",
                        "time limit 900, deployed as 120"),
                odd(
                        "its architecture is changed",
                        p -> p.function("AllowTraffic")
                                .putArray("Architectures")
                                .add("x86_64"),
                        "function AllowTraffic",
                        "it runs on x86_64, deployed for arm64"),
                odd(
                        "its snapshots are switched off",
                        p -> p.function("Sweep").putObject("SnapStart").put("ApplyOn", "None"),
                        "function Sweep",
                        "it has no snapshot to start from"),
                breaks(
                        "it is put into a VPC",
                        p -> p.function("AllowTraffic")
                                .putObject("VpcConfig")
                                .putArray("SubnetIds")
                                .add("subnet-1"),
                        "function AllowTraffic",
                        "it stands in subnet-1, deployed for no VPC"),
                breaks(
                        "the version behind the alias has another handler",
                        p -> p.paper
                                .published(p.functionId("RollBack"))
                                .put("Handler", "dev.greenlight.adapter.lambda.SweepHandler"),
                        "function RollBack",
                        "handler dev.greenlight.adapter.lambda.SweepHandler"),
                odd(
                        "a setting is changed by hand",
                        p -> variables(p, "AfterAllowTraffic").put("GREENLIGHT_BAKE", "PT1M"),
                        "function AfterAllowTraffic",
                        "GREENLIGHT_BAKE is PT1M, deployed as PT5M"),
                odd(
                        "a check is taken off by hand",
                        p -> variables(p, "AfterAllowTraffic").remove("GREENLIGHT_ERROR_SHARE"),
                        "function AfterAllowTraffic",
                        "GREENLIGHT_ERROR_SHARE is not set"),
                breaks(
                        "a misspelt setting is added",
                        p -> variables(p, "AllowTraffic").put("GREENLIGHT_BAKEN", "PT1M"),
                        "function AllowTraffic",
                        "GREENLIGHT_BAKEN: no such setting"));
    }

    static Stream<Ailment> callability() {
        return Stream.of(
                breaks(
                        "the alias is deleted",
                        p -> p.paper.remove(p.paper.logicalId("AWS::Lambda::Alias", "HooksRollBack")),
                        "function RollBack",
                        "the alias live is gone"),
                odd(
                        "the alias names no version",
                        p -> p.paper
                                .change(p.paper.logicalId("AWS::Lambda::Alias", "HooksRollBack"))
                                .put("FunctionVersion", "$LATEST"),
                        "function RollBack",
                        "the alias live, by which it is called, names $LATEST"),
                odd(
                        "the alias names a version of somebody else",
                        p -> {
                            ObjectNode own = p.function("RollBack").deepCopy();
                            p.paper
                                    .change(p.paper.logicalId("AWS::Lambda::Alias", "HooksRollBack"))
                                    .put("FunctionVersion", "7");
                            p.paper.published(p.functionId("RollBack")).setAll(own);
                        },
                        "function RollBack",
                        "names version 7, deployed with version 1"),
                breaks(
                        "concurrency is reserved",
                        p -> p.paper.change(p.functionId("RollBack")).put("ReservedConcurrentExecutions", 1),
                        "function RollBack",
                        "its concurrency is reserved: 1 at a time"),
                breaks(
                        "the failure destination is taken off",
                        p -> p.paper.remove(p.paper.logicalId("AWS::Lambda::EventInvokeConfig", "HooksAllowTraffic")),
                        "function AllowTraffic",
                        "it has no failure destination; deployed with AnswerLostJob"),
                breaks(
                        "failed jobs go to a queue",
                        p -> ((ObjectNode) p.paper
                                        .change(p.paper.logicalId(
                                                "AWS::Lambda::EventInvokeConfig", "HooksAllowTraffic"))
                                        .path("DestinationConfig")
                                        .path("OnFailure"))
                                .put("Destination", "arn:aws:sqs:ap-northeast-2:123456789012:dead"),
                        "function AllowTraffic",
                        "with their live credentials, go to arn:aws:sqs"),
                odd(
                        "the log group is deleted",
                        p -> p.paper.remove(p.paper.logicalId("AWS::Logs::LogGroup", "HooksSweepLog")),
                        "function Sweep",
                        "its log group is gone"));
    }

    private static ObjectNode variables(Patient patient, String action) {
        return (ObjectNode) patient.function(action).path("Environment").path("Variables");
    }
}
