package dev.greenlight.sandbox.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolverTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Template TEMPLATE = Template.read(json("""
            {"Parameters": {
               "Colour": {"Type": "String", "Default": "blue"},
               "Image": {"Type": "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>", "Default": "/aws/service/image"}},
             "Resources": {
               "Targets": {"Type": "AWS::ElasticLoadBalancingV2::TargetGroup", "Properties": {"Name": {"Ref": "Colour"}}},
               "Secret": {"Type": "AWS::SecretsManager::Secret"},
               "Unknown": {"Type": "AWS::SNS::Topic"}}}"""));

    private final Resolver resolver = new Resolver(
            TEMPLATE, new Known(), Pseudo.parameters("123456789012", "ap-northeast-2", "demo", "arn:stack/demo"));

    private static final class Known implements Physical {

        @Override
        public Optional<String> ref(Resource resource) {
            return resource.id().equals("Unknown") ? Optional.empty() : Optional.of("arn:of:" + resource.id());
        }

        @Override
        public Optional<String> attribute(Resource resource, String attribute) {
            return attribute.equals("Nonsense") ? Optional.empty() : Optional.of(resource.id() + "'s " + attribute);
        }

        @Override
        public Optional<String> secret(String id) {
            return id.equals("arn:of:Secret") ? Optional.of("hush") : Optional.empty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'Ref': 'Targets'}                                           | 'arn:of:Targets'
            {'Ref': 'AWS::Region'}                                       | 'ap-northeast-2'
            {'Ref': 'Colour'}                                            | 'blue'
            {'Fn::GetAtt': ['Targets', 'TargetGroupFullName']}           | 'Targets\\u0027s TargetGroupFullName'
            {'Fn::GetAtt': 'Targets.Endpoint.Port'}                      | 'Targets\\u0027s Endpoint.Port'
            {'Fn::Join': ['-', ['a', {'Ref': 'Colour'}, 3]]}             | 'a-blue-3'
            {'Fn::Join': ['/', {'Fn::Split': [':', 'a:b:']}]}            | 'a/b/'
            {'Fn::Sub': 'x-${AWS::AccountId}-${!Literal}-${Targets}'}    | 'x-123456789012-${Literal}-arn:of:Targets'
            {'Fn::Sub': ['${Own}/${Targets.Arn}', {'Own': 'mine'}]}      | 'mine/Targets\\u0027s Arn'
            {'Fn::Select': [1, {'Fn::GetAZs': ''}]}                      | 'ap-northeast-2b'
            {'Fn::Select': ['0', ['first', 'second']]}                   | 'first'
            {'Fn::Base64': 'hello'}                                      | 'aGVsbG8='
            {'a': [{'Ref': 'AWS::NoValue'}], 'b': {'Ref': 'AWS::NoValue'}} | {'a': []}
            {'deep': [{'er': {'Ref': 'Colour'}}], 'n': 3, 'yes': true}   | {'deep': [{'er': 'blue'}], 'n': 3, 'yes': true}
            {'Ref': 'Colour', 'other': 1}                                | {'Ref': 'Colour', 'other': 1}
            {'Fn::Join': ['', ['{{resolve:secretsmanager:', {'Ref': 'Secret'}, ':SecretString:::}}']]} | 'hush'
            '<{{resolve:secretsmanager:arn:of:Secret}}>'                 | '<hush>'
            """, quoteCharacter = '`')
    void a_value_is_what_CloudFormation_makes_of_it(String written, String resolved) throws Exception {
        assertThat(resolver.resolve(node(written))).isEqualTo(node(resolved));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'Ref': 'Nobody'}                                          | Ref Nobody: no such resource or parameter
            {'Ref': 'Unknown'}                                         | Ref Unknown (AWS::SNS::Topic) has no value
            {'Ref': 'Image'}                                           | the parameter Image was given no value
            {'Fn::GetAtt': ['Nobody', 'Arn']}                          | Fn::GetAtt Nobody.Arn: no such resource
            {'Fn::GetAtt': ['Targets', 'Nonsense']}                    | has no value for the attribute Nonsense
            {'Fn::If': ['Cheap', 1, 2]}                                | the function Fn::If is not known here
            {'Fn::Select': [7, ['one']]}                               | Fn::Select 7 of
            {'Fn::Join': ['', 'text']}                                 | Fn::Join wants a list
            {'deep': [{'Fn::Sub': '${Nobody}'}]}                       | Ref Nobody
            '{{resolve:ssm:/a/parameter}}'                             | the reference {{resolve:ssm:/a/parameter}} is not known
            '{{resolve:secretsmanager:other:SecretString:::}}'         | the secret other has no value
            '{{resolve:secretsmanager:arn:of:Secret:SecretString:user::}}' | asks for a key
            """, quoteCharacter = '`')
    void what_has_no_value_is_refused_by_its_name(String written, String refusal) throws Exception {
        JsonNode node = node(written);
        assertThatThrownBy(() -> resolver.resolve(node))
                .isInstanceOf(TemplateFault.class)
                .hasMessageContaining(refusal);
    }

    @Test
    void a_given_parameter_goes_before_its_default_and_stands_for_what_Systems_Manager_would_say() {
        Resolver told = new Resolver(TEMPLATE, new Known(), Map.of("Image", "ami-1", "Colour", "green"));
        assertThat(told.resolve(JSON.createObjectNode().put("Ref", "Image")).asText())
                .isEqualTo("ami-1");
        assertThat(told.properties(TEMPLATE.resource("Targets")).path("Name").asText())
                .isEqualTo("green");
    }

    @Test
    void a_resource_whose_property_has_no_value_is_named() {
        Template template = Template.read(json(
                "{'Resources': {'Alarm': {'Type': 'AWS::CloudWatch::Alarm', 'Properties': {'A': {'Ref': 'B'}}}}}"));
        Resolver none = new Resolver(template, new Known(), Map.of());
        assertThatThrownBy(() -> none.properties(template.resource("Alarm")))
                .hasMessage("Alarm (AWS::CloudWatch::Alarm): Ref B: no such resource or parameter");
    }

    @Test
    void a_list_is_no_text() {
        JsonNode list = JSON.createArrayNode();
        assertThatThrownBy(() -> resolver.text(list)).hasMessageContaining("one value is wanted, not []");
    }

    @Test
    void the_template_is_left_as_it_was() throws Exception {
        JsonNode before = TEMPLATE.resource("Targets").properties().deepCopy();
        resolver.properties(TEMPLATE.resource("Targets"));
        assertThat(TEMPLATE.resource("Targets").properties()).isEqualTo(before);
    }

    private static JsonNode node(String text) throws JsonProcessingException {
        return JSON.readTree(json(text));
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
