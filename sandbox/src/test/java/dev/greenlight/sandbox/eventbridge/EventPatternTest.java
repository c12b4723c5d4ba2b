package dev.greenlight.sandbox.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventPatternTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Event EVENT = new Event(
            "aws.cloudwatch",
            "CloudWatch Alarm State Change",
            Instant.EPOCH,
            List.of("arn:one", "arn:two"),
            Map.of("alarmName", "5xx", "version", 1, "state", Map.of("value", "ALARM", "muted", false)));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'source': ['aws.cloudwatch']}                                         | true
            {'source': ['aws.codepipeline']}                                       | false
            {'source': ['aws.codepipeline', 'aws.cloudwatch']}                     | true
            {'source': ['aws.cloudwatch'], 'detail-type': ['Other']}               | false
            {'detail': {'state': {'value': ['OK', 'ALARM']}}}                      | true
            {'detail': {'state': {'value': ['OK']}}}                               | false
            {'detail': {'alarmName': ['5xx'], 'state': {'muted': [false]}}}        | true
            {'detail': {'version': [1]}}                                           | true
            {'detail': {'version': ['1']}}                                         | false
            {'detail': {'nobody': ['5xx']}}                                        | false
            {'detail': {'alarmName': {'deeper': ['5xx']}}}                         | false
            {'resources': ['arn:two']}                                             | true
            {'resources': ['arn:three']}                                           | false
            {'nonsense': ['x']}                                                    | false
            """)
    void an_event_matches_that_has_a_value_of_each_field(String pattern, boolean matches) throws Exception {
        assertThat(EventPattern.of(node(pattern)).test(EVENT)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'source': [{'prefix': 'aws.'}]} | source: the filter {"prefix":"aws."} is not known here
            {'source': 'aws.cloudwatch'}     | source: not a list of values
            {'detail': {'state': []}}        | state: empty
            {}                               | the pattern: empty
            """)
    void a_pattern_that_is_none_is_refused(String pattern, String refusal) throws Exception {
        JsonNode node = node(pattern);
        assertThatThrownBy(() -> EventPattern.of(node)).hasMessageContaining(refusal);
    }

    private static JsonNode node(String text) throws Exception {
        return JSON.readTree(text.replace('\'', '"'));
    }
}
