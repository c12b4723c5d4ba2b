package dev.greenlight.sandbox.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {

    private static final Template TEMPLATE = Template.read("""
            {"Resources": {
               "Rule": {"Type": "Custom::Rule", "Properties": {"ServiceToken": {"Fn::GetAtt": ["Function", "Arn"]}},
                        "DeletionPolicy": "Delete"},
               "Function": {"Type": "AWS::Lambda::Function", "DependsOn": ["Log"],
                            "Properties": {"Role": {"Fn::Sub": "${Role.Arn}/${!NoReference}"}}},
               "Role": {"Type": "AWS::IAM::Role", "Properties": {"Path": [{"Ref": "Log"}]}},
               "Log": {"Type": "AWS::Logs::LogGroup"},
               "OtherLog": {"Type": "AWS::Logs::LogGroup", "DependsOn": "Rule"}},
             "Outputs": {"Where": {"Value": {"Ref": "Rule"}}}}""");

    @Test
    void resources_are_found_by_id_and_type() {
        assertThat(TEMPLATE.resource("Function").dependsOn()).containsExactly("Log");
        assertThat(TEMPLATE.resource("OtherLog").dependsOn()).containsExactly("Rule");
        assertThat(TEMPLATE.resource("Log").properties()).isEmpty();
        assertThat(TEMPLATE.of("AWS::Logs::LogGroup")).extracting(Resource::id).containsExactly("Log", "OtherLog");
        assertThat(TEMPLATE.of("AWS::S3::Bucket")).isEmpty();
        assertThat(TEMPLATE.only("AWS::IAM::Role").id()).isEqualTo("Role");
        assertThat(TEMPLATE.resource("Rule").custom()).isTrue();
        assertThat(TEMPLATE.resource("Rule").definition().path("DeletionPolicy").asText())
                .isEqualTo("Delete");
        assertThat(TEMPLATE.outputs().get("Where").path("Ref").asText()).isEqualTo("Rule");
    }

    @Test
    void a_resource_is_created_after_all_that_it_needs() {
        assertThat(TEMPLATE.inOrder())
                .extracting(Resource::id)
                .containsExactly("Log", "Role", "Function", "Rule", "OtherLog");
    }

    @Test
    void what_is_not_there_is_named() {
        assertThatThrownBy(() -> TEMPLATE.resource("Nobody"))
                .isInstanceOf(TemplateFault.class)
                .hasMessage("the template has no resource Nobody");
        assertThatThrownBy(() -> TEMPLATE.only("AWS::Logs::LogGroup"))
                .hasMessage("the template has 2 of AWS::Logs::LogGroup, not one");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            not json                                      | the template is not JSON
            {}                                            | the template has no Resources
            []                                            | the template has no Resources
            {"Resources": {"A": {"Properties": {}}}}      | A has no Type
            """, quoteCharacter = '`')
    void what_is_no_template_is_refused(String text, String refusal) {
        assertThatThrownBy(() -> Template.read(text))
                .isInstanceOf(TemplateFault.class)
                .hasMessageContaining(refusal);
    }

    @Test
    void a_circle_is_told_as_one() {
        Template circle = Template.read("""
                {"Resources": {"A": {"Type": "T", "Properties": {"x": {"Ref": "B"}}},
                               "B": {"Type": "T", "DependsOn": "A"}}}""");
        assertThatThrownBy(circle::inOrder).hasMessage("resources need each other in a circle: A -> B");
    }
}
