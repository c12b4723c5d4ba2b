package dev.greenlight.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenlight.sandbox.cloudformation.Template;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;

/** What the doctor says of roles that may too little, and of who takes it from them. */
class PermissionsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the festival's roles hold in all, each a question of its own once. */
    private static final int STATEMENTS = 132;

    private final Patient patient = new Patient();

    private List<String> actions() {
        Diagnosis diagnosis = patient.examined();
        return diagnosis.places().keySet().stream()
                .filter(place -> place.kind().equals("function"))
                .map(Place::name)
                .toList();
    }

    /** The project began with a role that could describe nothing and change nothing of EC2 and the load balancer. */
    @Test
    void a_role_that_lacks_the_load_balancer_is_told_with_the_statement_to_add_and_what_breaks() {
        JsonNode statement = patient.takeOff("AllowTraffic", "WriteRule");

        Diagnosis diagnosis = patient.examined();

        List<Finding.Missing> missing = Patient.missing(diagnosis);
        assertThat(missing).as(DoctorTest.printed(diagnosis)).hasSize(1);
        assertThat(missing.getFirst().place().title()).isEqualTo("function AllowTraffic");
        assertThat(missing.getFirst().text())
                .contains("elasticloadbalancing:ModifyRule", ":listener-rule/", "no statement of its role allows it");
        assertThat(missing.getFirst().breaks())
                .contains("it cannot", "change how traffic is routed", "every release stops at AllowTraffic");
        assertThat(missing.getFirst().remedy().policy()).contains(statement);
        assertThat(DoctorTest.printed(diagnosis)).contains("\"Sid\" : \"WriteRule\"", "✘ something must be mended");
        assertThat(diagnosis.status()).isEqualTo(1);
    }

    @Test
    void every_statement_of_every_function_that_is_taken_off_is_told_as_that_statement() {
        int taken = 0;
        for (String action : actions()) {
            int statements = new Patient().statements(action).size();
            for (int i = 0; i < statements; i++) {
                Patient other = new Patient();
                JsonNode statement = other.statements(action).remove(i);
                Diagnosis diagnosis = other.examined();

                List<Finding.Missing> missing = Patient.missing(diagnosis);
                assertThat(missing)
                        .as("%s without %s%n%s", action, statement, DoctorTest.printed(diagnosis))
                        .hasSize(1);
                assertThat(missing.getFirst().remedy().policy()).contains(statement);
                assertThat(missing.getFirst().place().title()).isEqualTo("function " + action);
                taken++;
            }
        }
        assertThat(taken).isGreaterThan(80);
    }

    @Test
    void one_action_taken_off_a_statement_is_the_only_one_to_add() {
        for (JsonNode statement : patient.statements("PrepareGreen")) {
            if (statement.path("Sid").asText().equals("SizeFleets")) {
                ((ObjectNode) statement).put("Action", "autoscaling:ResumeProcesses");
            }
        }

        Finding.Missing missing = Patient.missing(patient.examined()).getFirst();

        JsonNode policy = missing.remedy().policy().orElseThrow();
        assertThat(policy.path("Action"))
                .extracting(JsonNode::asText)
                .doesNotContain("autoscaling:ResumeProcesses")
                .contains("autoscaling:UpdateAutoScalingGroup");
        assertThat(missing.breaks()).contains("size a fleet", "no release can start");
    }

    @Test
    void a_narrower_group_of_resources_is_told_by_the_resource_that_is_left_out() {
        for (JsonNode statement : patient.statements("PrepareGreen")) {
            if (statement.path("Sid").asText().equals("SizeFleets")) {
                ((ArrayNode) statement.path("Resource")).remove(0);
            }
        }

        Finding.Missing missing = Patient.missing(patient.examined()).getFirst();

        assertThat(missing.text())
                .contains("autoScalingGroupName/greenlight-festival-a")
                .doesNotContain("festival-b");
    }

    @Test
    void a_role_whose_policy_was_taken_off_is_told_once_with_all_of_it_to_put_back() {
        patient.role("AllowTraffic").putArray("Policies");

        List<Finding.Missing> missing = Patient.missing(patient.examined());

        assertThat(missing).hasSize(1);
        assertThat(missing.getFirst().text()).contains("allows nothing that the stack gave it");
        assertThat(missing.getFirst().remedy().policy().orElseThrow().path("Statement"))
                .hasSameSizeAs(new Patient().statements("AllowTraffic"));
    }

    @Test
    void a_function_that_runs_with_another_role_is_told_and_that_role_is_the_one_that_is_asked_about() {
        patient.function("AllowTraffic")
                .put("Role", patient.function("Sweep").path("Role").asText());

        assertThat(Patient.missing(patient.examined()))
                .anyMatch(missing -> missing.text().contains("not with its own"))
                .anyMatch(missing -> missing.text().contains("codepipeline:PutJobSuccessResult"));
    }

    @Test
    void a_permissions_boundary_is_named_where_it_takes_something_away() {
        String boundary = "arn:aws:iam::123456789012:policy/no-load-balancing";
        ObjectNode document = JSON.createObjectNode();
        ArrayNode statements = document.putArray("Statement");
        for (String action : List.of(
                "autoscaling:*",
                "dynamodb:*",
                "scheduler:*",
                "iam:*",
                "logs:*",
                "cloudwatch:*",
                "codepipeline:*",
                "lambda:*",
                "codedeploy:*",
                "ec2:*")) {
            statements.addObject().put("Effect", "Allow").put("Action", action).put("Resource", "*");
        }
        patient.paper.boundary(boundary, document);
        patient.role("AllowTraffic").put("PermissionsBoundary", boundary);

        Diagnosis diagnosis = patient.examined();

        assertThat(Patient.missing(diagnosis))
                .isNotEmpty()
                .allMatch(missing -> missing.text().contains("elasticloadbalancing:")
                        && missing.text().contains("its role's permissions boundary does not allow it")
                        && missing.remedy().words().contains(boundary));
        assertThat(Patient.of(diagnosis, Finding.Odd.class)).hasSize(1);
    }

    @Test
    void a_denial_is_told_with_the_policy_that_holds_it_and_nothing_to_add() {
        patient.statements("RollBack")
                .addObject()
                .put("Effect", "Deny")
                .put("Action", "elasticloadbalancing:ModifyRule")
                .put("Resource", "*");

        Finding.Missing missing = Patient.missing(patient.examined()).getFirst();

        assertThat(missing.text()).contains("a statement of its role denies it", "Exact");
        assertThat(missing.remedy().policy()).isEmpty();
    }

    @Test
    void a_policy_of_the_organization_is_named_as_what_denies() {
        Diagnosis diagnosis = patient.examined(OtherIam.over(
                patient.paper,
                result -> result.evalActionName().equals("codepipeline:PutJobSuccessResult")
                        ? result.toBuilder()
                                .evalDecision(PolicyEvaluationDecisionType.EXPLICIT_DENY)
                                .organizationsDecisionDetail(detail -> detail.allowedByOrganizations(false))
                                .build()
                        : result));

        assertThat(Patient.missing(diagnosis)).hasSize(6).allSatisfy(missing -> {
            assertThat(missing.text()).contains("a policy of the organization denies it");
            assertThat(missing.remedy().policy().orElseThrow().path("Action").asText())
                    .isEqualTo("codepipeline:PutJobSuccessResult");
        });
    }

    /** "Testing IAM policies with the IAM policy simulator": what an organization's policies ask about may be unknown to it. */
    @Test
    void what_only_the_organization_does_not_allow_and_nobody_denies_is_not_claimed_to_be_missing() {
        Diagnosis diagnosis = patient.examined(OtherIam.over(
                patient.paper,
                result -> result.toBuilder()
                        .evalDecision(PolicyEvaluationDecisionType.IMPLICIT_DENY)
                        .resourceSpecificResults(result.resourceSpecificResults().stream()
                                .map(one -> one.toBuilder()
                                        .evalResourceDecision(PolicyEvaluationDecisionType.IMPLICIT_DENY)
                                        .build())
                                .toList())
                        .organizationsDecisionDetail(detail -> detail.allowedByOrganizations(false))
                        .build()));

        assertThat(Patient.missing(diagnosis)).as(DoctorTest.printed(diagnosis)).isEmpty();
        long roles = Template.read(Patient.template()).of("AWS::IAM::Role").size();
        assertThat(Patient.of(diagnosis, Finding.Unseen.class))
                .hasSize((int) roles)
                .allSatisfy(unseen -> {
                    assertThat(unseen.text()).startsWith("could not tell whether it may ");
                    assertThat(unseen.refused()).isFalse();
                });
        assertThat(diagnosis.status()).isEqualTo(2);
    }

    /** A guardrail that half of all organizations have; a simulation that is not told the region calls it a denial. */
    @Test
    void a_boundary_that_asks_for_the_region_takes_nothing_away_in_its_own() {
        boundary("ap-northeast-2");

        Diagnosis diagnosis = patient.examined();

        assertThat(Patient.missing(diagnosis)).as(DoctorTest.printed(diagnosis)).isEmpty();
        assertThat(Patient.of(diagnosis, Finding.Unseen.class)).isEmpty();
    }

    @Test
    void a_boundary_that_asks_for_another_region_is_named() {
        boundary("eu-west-1");

        assertThat(Patient.missing(patient.examined()))
                .isNotEmpty()
                .allMatch(missing -> missing.text().contains("its role's permissions boundary does not allow it"));
    }

    private void boundary(String region) {
        String arn = "arn:aws:iam::123456789012:policy/one-region";
        ObjectNode document = JSON.createObjectNode();
        ObjectNode statement = document.putArray("Statement").addObject();
        statement.put("Effect", "Allow").put("Action", "*").put("Resource", "*");
        statement.putObject("Condition").putObject("StringEquals").put("aws:RequestedRegion", region);
        patient.paper.boundary(arn, document);
        patient.role("AllowTraffic").put("PermissionsBoundary", arn);
    }

    @Test
    void a_denial_in_a_boundary_is_taken_out_of_the_boundary_not_off_the_role() {
        String arn = "arn:aws:iam::123456789012:policy/hands-off";
        ObjectNode document = JSON.createObjectNode();
        ArrayNode statements = document.putArray("Statement");
        statements.addObject().put("Effect", "Allow").put("Action", "*").put("Resource", "*");
        statements
                .addObject()
                .put("Effect", "Deny")
                .put("Action", "elasticloadbalancing:ModifyRule")
                .put("Resource", "*");
        patient.paper.boundary(arn, document);
        patient.role("RollBack").put("PermissionsBoundary", arn);

        assertThat(Patient.missing(patient.examined())).singleElement().satisfies(missing -> {
            assertThat(missing.text()).contains("its role's permissions boundary denies it (hands-off)");
            assertThat(missing.remedy().words()).contains("take the denial out of the boundary " + arn);
        });
    }

    @Test
    void what_is_denied_and_what_is_merely_missing_are_told_apart_in_one_statement() {
        for (JsonNode statement : patient.statements("PrepareGreen")) {
            if (statement.path("Sid").asText().equals("SizeFleets")) {
                ((ObjectNode) statement).put("Action", "autoscaling:ResumeProcesses");
            }
        }
        patient.statements("PrepareGreen")
                .addObject()
                .put("Effect", "Deny")
                .put("Action", "autoscaling:ResumeProcesses")
                .put("Resource", "*");

        assertThat(Patient.missing(patient.examined()))
                .extracting(Finding.Missing::text)
                .anyMatch(text -> text.contains("may not autoscaling:ResumeProcesses on")
                        && text.contains("a statement of its role denies it"))
                .anyMatch(text -> text.contains("autoscaling:UpdateAutoScalingGroup")
                        && !text.contains("autoscaling:ResumeProcesses")
                        && text.contains("no statement of its role allows it"));
    }

    @Test
    void statements_with_the_same_resources_and_conditions_are_one_question() {
        patient.examined();

        long asked = patient.faults.calls().all().stream()
                .filter(call -> call.operation().equals("SimulatePrincipalPolicy"))
                .count();
        assertThat(asked).isLessThan(STATEMENTS);
    }

    /** Until 2026 an answer had one result per action and resource, and nothing inside. */
    @Test
    void an_answer_of_the_older_form_is_read_as_well() {
        patient.takeOff("AllowTraffic", "WriteRule");

        Diagnosis diagnosis = patient.examined(OtherIam.olderOver(patient.paper));

        assertThat(Patient.missing(diagnosis)).as(DoctorTest.printed(diagnosis)).hasSize(1);
        assertThat(Patient.of(diagnosis, Finding.Unseen.class)).isEmpty();
    }

    @Test
    void silence_about_a_permission_is_not_taken_for_yes() {
        Diagnosis diagnosis = patient.examined(OtherIam.silentOver(patient.paper, "elasticloadbalancing:ModifyRule"));

        assertThat(diagnosis.status()).isEqualTo(2);
        assertThat(Patient.of(diagnosis, Finding.Unseen.class))
                .isNotEmpty()
                .allMatch(unseen ->
                        unseen.text().equals("IAM did not say whether elasticloadbalancing:ModifyRule is allowed"));
    }

    @Test
    void every_action_of_a_function_has_words_of_its_own_for_what_breaks() {
        Set<String> without = new TreeSet<>();
        for (String action : actions()) {
            patient.statements(action)
                    .forEach(statement -> Policies.texts(statement.path("Action")).stream()
                            .filter(asked -> Cannot.of(asked).startsWith("do "))
                            .forEach(without::add));
        }
        assertThat(without).isEmpty();
    }
}
