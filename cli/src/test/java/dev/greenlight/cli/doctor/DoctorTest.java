package dev.greenlight.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenlight.cli.show.Paint;
import dev.greenlight.sandbox.fault.Call;
import dev.greenlight.sandbox.fault.Fault;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Patient patient = new Patient();

    static String printed(Diagnosis diagnosis) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Lines(new PrintStream(out, true, StandardCharsets.UTF_8), new Paint(false)).print(diagnosis);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String json(Diagnosis diagnosis) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonLines.print(diagnosis, new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_fresh_installation_lacks_nothing() {
        Diagnosis diagnosis = patient.examined();

        assertThat(diagnosis.status()).as(printed(diagnosis)).isZero();
        assertThat(diagnosis.findings()).allMatch(Finding.Well.class::isInstance);
        assertThat(printed(diagnosis)).contains("✔ function AllowTraffic", "✔ nothing is missing");
    }

    @Test
    void a_composite_alarm_that_releases_are_checked_by_is_there() {
        patient.paper.removeForeignAlarm(Patient.ALARM);
        patient.paper.foreignComposite(Patient.ALARM);

        Diagnosis diagnosis = patient.examined();

        assertThat(diagnosis.findings()).as(printed(diagnosis)).allMatch(Finding.Well.class::isInstance);
    }

    /** CloudFormation tells letters beyond ASCII as question marks, and has deployed them as they were. */
    @Test
    void letters_that_the_template_is_not_told_with_are_no_difference() {
        Patient seoul = new Patient(Patient.template()
                .replace(Patient.ALARM, "축제-주문-없음")
                .replace("[{\\\"path\\\":\\\"/health\\\"}", "[{\\\"path\\\":\\\"/health\\\",\\\"body\\\":\\\"정상\\\"}"));
        seoul.paper.foreignAlarm("축제-주문-없음");

        Diagnosis diagnosis = seoul.examined();

        assertThat(seoul.function("BeforeAllowTraffic").toString()).contains("정상", "축제");
        assertThat(diagnosis.findings()).as(printed(diagnosis)).allMatch(Finding.Well.class::isInstance);
    }

    @Test
    void all_that_is_wrong_is_found_in_one_pass() {
        patient.takeOff("AllowTraffic", "WriteRule");
        patient.paper.remove(patient.functionId("Sweep"));
        patient.paper.remove(patient.paper.logicalId("AWS::DynamoDB::Table", "Store"));
        patient.paper.change(patient.functionId("RollBack")).put("ReservedConcurrentExecutions", 1);

        assertThat(Patient.missing(patient.examined()))
                .extracting(missing -> missing.place().title())
                .contains("function AllowTraffic", "function Sweep", "table", "function RollBack")
                .hasSize(4);
    }

    @Test
    void what_the_doctor_may_not_ask_is_told_with_the_permission_and_the_rest_is_still_looked_at() {
        patient.refuse("iam", "SimulatePrincipalPolicy", Fault.denied());
        patient.paper.remove(patient.functionId("Promote"));

        Diagnosis diagnosis = patient.examined();

        assertThat(Patient.of(diagnosis, Finding.Unseen.class))
                .isNotEmpty()
                .allMatch(unseen -> unseen.permission().equals("iam:SimulatePrincipalPolicy"))
                .allMatch(unseen -> unseen.remedy()
                        .policy()
                        .orElseThrow()
                        .path("Action")
                        .path(0)
                        .asText()
                        .equals("iam:SimulatePrincipalPolicy"))
                .doesNotHaveDuplicates();
        assertThat(printed(diagnosis)).containsOnlyOnce("\"Action\" : [ \"iam:SimulatePrincipalPolicy\" ]");
        assertThat(Patient.missing(diagnosis)).hasSize(1);
        assertThat(diagnosis.status()).isEqualTo(1);
    }

    @Test
    void nothing_missing_and_something_not_seen_is_no_clean_bill() {
        patient.refuse("dynamodb", "DescribeTable", Fault.denied());

        Diagnosis diagnosis = patient.examined();

        assertThat(diagnosis.status()).isEqualTo(2);
        assertThat(printed(diagnosis))
                .contains("? not all of it could be looked at", "you may not dynamodb:DescribeTable");
    }

    @Test
    void throttling_is_no_finding_about_the_installation() {
        patient.refuse("lambda", "GetAlias", Fault.refused("ThrottlingException", 429, "Rate exceeded"));

        Diagnosis diagnosis = patient.examined();

        assertThat(Patient.missing(diagnosis)).isEmpty();
        assertThat(Patient.of(diagnosis, Finding.Unseen.class))
                .isNotEmpty()
                .allMatch(unseen -> unseen.text().contains("AWS was asked too often for lambda:GetAlias"));
        assertThat(diagnosis.status()).isEqualTo(2);
    }

    @Test
    void a_connection_that_breaks_in_the_middle_costs_one_answer() {
        patient.refuse("scheduler", "GetSchedule", Fault.noConnection());

        Diagnosis diagnosis = patient.examined();

        assertThat(Patient.of(diagnosis, Finding.Unseen.class)).hasSize(1);
        assertThat(diagnosis.places().keySet()).extracting(Place::kind).contains("pipeline", "secret");
    }

    @Test
    void a_stack_that_is_not_there_is_named_with_where_it_was_looked_for() {
        assertThatThrownBy(() -> patient.examined("greenlight-carnival"))
                .isInstanceOf(CannotLook.class)
                .hasMessageContaining("account 123456789012 has no stack greenlight-carnival in ap-northeast-2")
                .hasMessageContaining("--region");
    }

    @Test
    void without_credentials_there_is_one_sentence_that_says_so() {
        patient.refuse("sts", "GetCallerIdentity", Fault.refused("ExpiredToken", 403, "The token has expired"));

        assertThatThrownBy(patient::examined)
                .isInstanceOf(CannotLook.class)
                .hasMessageContaining("no AWS credentials that work")
                .hasMessageContaining("expired");
    }

    @Test
    void a_template_that_may_not_be_read_ends_the_look_with_the_permission() {
        patient.refuse("cloudformation", "GetTemplate", Fault.denied());

        assertThatThrownBy(patient::examined)
                .isInstanceOf(CannotLook.class)
                .hasMessageContaining("you may not cloudformation:GetTemplate")
                .hasMessageContaining("\"Action\":[\"cloudformation:GetTemplate\"]");
    }

    @Test
    void a_stack_in_the_middle_of_an_update_is_looked_at_with_a_word_of_caution() {
        patient.paper.status("UPDATE_IN_PROGRESS");

        assertThat(Patient.of(patient.examined(), Finding.Odd.class))
                .extracting(Finding.Odd::text)
                .singleElement()
                .asString()
                .contains("may change while you read it");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UPDATE_ROLLBACK_FAILED   | 1 | continue-update-rollback --stack-name greenlight-festival
            ROLLBACK_COMPLETE        | 1 | delete-stack --stack-name greenlight-festival
            ROLLBACK_FAILED          | 1 | delete-stack --stack-name greenlight-festival
            CREATE_FAILED            | 1 | deploy again
            DELETE_FAILED            | 1 | delete it again
            UPDATE_ROLLBACK_COMPLETE | 0 | deploy again
            UPDATE_IN_PROGRESS       | 0 | ask again when it is done
            """)
    void every_state_of_the_stack_has_its_own_way_on(String state, int status, String way) {
        patient.paper.status(state);

        Diagnosis diagnosis = patient.examined();

        assertThat(diagnosis.status()).isEqualTo(status);
        assertThat(printed(diagnosis)).contains("the stack is " + state, way);
    }

    @Test
    void it_only_reads() {
        patient.examined();

        assertThat(patient.faults.calls().all())
                .extracting(Call::operation)
                .isNotEmpty()
                .allMatch(operation -> operation.matches("(Get|List|Describe|Simulate).*"))
                .doesNotContain("GetSecretValue");
    }

    @Test
    void no_preview_secret_is_told_whatever_is_wrong_with_it() {
        ObjectNode sent = (ObjectNode)
                patient.function("BeforeAllowTraffic").path("Environment").path("Variables");
        String a = sent.path("GREENLIGHT_PREVIEW_SECRET_A").asText();
        String b = sent.path("GREENLIGHT_PREVIEW_SECRET_B").asText();
        sent.put("GREENLIGHT_PREVIEW_SECRET_A", b);

        Diagnosis diagnosis = patient.examined();

        assertThat(diagnosis.status()).isEqualTo(1);
        assertThat(a).isNotEmpty();
        assertThat(printed(diagnosis) + json(diagnosis)).doesNotContain(a, b);
    }

    @Test
    void machines_get_all_of_it_as_one_object() throws Exception {
        JsonNode statement = patient.takeOff("AllowTraffic", "WriteRule");

        JsonNode read = JSON.readTree(json(patient.examined()));

        assertThat(read.path("status").asInt()).isEqualTo(1);
        assertThat(read.path("missing").asInt()).isEqualTo(1);
        JsonNode finding = read.path("findings")
                .valueStream()
                .filter(f -> f.path("finding").asText().equals("missing"))
                .findFirst()
                .orElseThrow();
        assertThat(finding.path("place").path("name").asText()).isEqualTo("AllowTraffic");
        assertThat(finding.path("remedy").path("policy")).isEqualTo(statement);
    }

    @Test
    void the_policy_in_the_manual_is_what_it_asks() throws Exception {
        String manual = Files.readString(Path.of("../docs/operations.md"));
        String after = manual.substring(manual.indexOf("## The doctor"));
        JsonNode policy = JSON.readTree(
                after.substring(after.indexOf("```json") + 7, after.indexOf("```", after.indexOf("```json") + 7)));
        List<String> allowed = new ArrayList<>();
        Policies.statements(policy).forEach(statement -> allowed.addAll(Policies.texts(statement.path("Action"))));

        assertThat(allowed)
                .containsExactlyInAnyOrderElementsOf(patient.examined().asked());
    }
}
