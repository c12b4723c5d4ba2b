package dev.greenlight.cli.doctor;

import static dev.greenlight.cli.doctor.Ailment.breaks;
import static dev.greenlight.cli.doctor.Ailment.odd;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What hands do to roles. */
class RoleAilmentsTest {

    @ParameterizedTest
    @MethodSource({"roles"})
    void what_a_hand_did_is_told_and_nothing_else(Ailment ailment) {
        ailment.isToldAlone();
    }

    static Stream<Ailment> roles() {
        return Stream.of(
                breaks("the role is deleted", p -> p.paper.remove(p.roleId("Sweep")), "function Sweep", "is gone"),
                breaks(
                        "Lambda may not take the role any more",
                        p -> ((ObjectNode) p.role("Sweep").path("AssumeRolePolicyDocument")).putArray("Statement"),
                        "function Sweep",
                        "lambda.amazonaws.com may no longer take the role"),
                odd(
                        "others may take the role, too",
                        p -> trust(p, p.roleId("Sweep"))
                                .putObject("Principal")
                                .putArray("Service")
                                .add("lambda.amazonaws.com")
                                .add("ec2.amazonaws.com"),
                        "function Sweep",
                        "may be taken by more than the stack let: ec2.amazonaws.com, lambda.amazonaws.com"),
                breaks(
                        "a condition is put on who may take the role",
                        p -> trust(p, p.roleId("Sweep"))
                                .putObject("Condition")
                                .putObject("StringEquals")
                                .put("aws:SourceAccount", "210987654321"),
                        "function Sweep",
                        "lambda.amazonaws.com may no longer take the role"),
                odd(
                        "the Scheduler of any account may take the role",
                        p -> trust(p, p.paper.logicalId("AWS::IAM::Role", "AppointmentsRole"))
                                .remove("Condition"),
                        "role the Scheduler's",
                        "scheduler.amazonaws.com, unconditionally"),
                breaks(
                        "any repository may take the role",
                        p -> trust(p, p.paper.logicalId("AWS::IAM::Role", "ControlRole"))
                                .remove("Condition"),
                        "role the repository's",
                        "asks for no subject"),
                breaks(
                        "the subject is any",
                        p -> trust(p, p.paper.logicalId("AWS::IAM::Role", "ControlRole"))
                                .putObject("Condition")
                                .putObject("StringLike")
                                .put("token.actions.githubusercontent.com:sub", "*"),
                        "role the repository's",
                        "asks for no subject"),
                breaks(
                        "another branch may take the role instead",
                        p -> ((ObjectNode) trust(p, p.paper.logicalId("AWS::IAM::Role", "ControlRole"))
                                        .path("Condition")
                                        .path("StringEquals"))
                                .put(
                                        "token.actions.githubusercontent.com:sub",
                                        "repo:example/other:ref:refs/heads/PROD"),
                        "role the repository's",
                        "may no longer take the role"),
                odd(
                        "a managed policy is attached",
                        p -> p.role("Sweep")
                                .putArray("ManagedPolicyArns")
                                .add("arn:aws:iam::aws:policy/AdministratorAccess"),
                        "function Sweep",
                        "arn:aws:iam::aws:policy/AdministratorAccess"),
                odd(
                        "an inline policy is added",
                        p -> {
                            ObjectNode policy = ((ArrayNode) p.role("Sweep").path("Policies")).addObject();
                            policy.put("PolicyName", "quick-fix");
                            policy.putObject("PolicyDocument").putArray("Statement");
                        },
                        "function Sweep",
                        "its role has a policy more than the stack gave it: quick-fix"),
                odd(
                        "its policy is widened",
                        p -> p.statements("Sweep")
                                .addObject()
                                .put("Effect", "Allow")
                                .put("Action", "ec2:*")
                                .put("Resource", "*"),
                        "function Sweep",
                        "allows more than the stack gave it: ec2:* on *"),
                breaks(
                        "a denial is added",
                        p -> p.statements("Sweep")
                                .addObject()
                                .put("Effect", "Deny")
                                .put("Action", "cloudwatch:GetMetric*")
                                .put("Resource", "*")
                                .put("Sid", "No"),
                        "function Sweep",
                        "may not cloudwatch:"),
                breaks(
                        "the pipeline may not call functions any more",
                        p -> takeOff(p, "ReleaseRole", "lambda:InvokeFunction"),
                        "role the pipeline's",
                        "may not lambda:InvokeFunction"),
                breaks(
                        "the instances may not read revisions any more",
                        p -> takeOff(p, "FleetsMachineRole", "s3:GetObject"),
                        "role the instances'",
                        "may not s3:GetObject, s3:GetObjectVersion"));
    }

    private static void takeOff(Patient patient, String role, String action) {
        ObjectNode properties = patient.paper.change(patient.paper.logicalId("AWS::IAM::Role", role));
        ArrayNode statements = (ArrayNode)
                properties.path("Policies").path(0).path("PolicyDocument").path("Statement");
        for (int i = 0; i < statements.size(); i++) {
            if (statements.get(i).path("Action").toString().contains(action)) {
                statements.remove(i);
            }
        }
    }

    /** The one statement that says who may take a role. */
    private static ObjectNode trust(Patient patient, String role) {
        return (ObjectNode) patient.paper
                .change(role)
                .path("AssumeRolePolicyDocument")
                .path("Statement")
                .path(0);
    }
}
