package dev.greenlight.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** An installation of the least configuration releases a repository that was begun with the template, unchanged. */
class ApplicationTemplateFitsTest {

    private static final Path TEMPLATE = Project.cdkJson().resolveSibling("application-template");
    private static final Pattern VARIABLE = Pattern.compile("#\\{Build\\.([A-Za-z0-9_]+)}");

    private final Synthesized smallest = Synthesized.example("smallest");

    @Test
    void the_buildspec_lies_where_the_build_looks_for_it() {
        String place = smallest.properties("AWS::CodeBuild::Project")
                .getFirst()
                .at("/Source/BuildSpec")
                .asText();

        assertThat(TEMPLATE.resolve(place)).isRegularFile();
    }

    @Test
    void the_buildspec_exports_every_variable_that_the_pipeline_asks_the_build_for() throws IOException {
        String pipeline = smallest.properties("AWS::CodePipeline::Pipeline").toString();
        List<String> asked = VARIABLE.matcher(pipeline)
                .results()
                .map((MatchResult found) -> found.group(1))
                .distinct()
                .toList();
        Map<?, ?> buildspec = (Map<?, ?>) new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(TEMPLATE.resolve("buildspec.yml")));
        List<?> exported = (List<?>) ((Map<?, ?>) buildspec.get("env")).get("exported-variables");

        assertThat(asked).isNotEmpty();
        assertThat(exported).map(String::valueOf).containsAll(asked);
    }

    @Test
    void the_service_listens_and_answers_where_the_load_balancer_asks() throws IOException {
        Properties service = new Properties();
        try (Reader file = Files.newBufferedReader(TEMPLATE.resolve("service.env"))) {
            service.load(file);
        }

        List<JsonNode> targets = smallest.properties("AWS::ElasticLoadBalancingV2::TargetGroup");
        assertThat(targets).hasSize(2).allSatisfy(group -> {
            assertThat(group.path("Port").asText()).isEqualTo(service.getProperty("PORT"));
            assertThat(group.path("HealthCheckPath").asText()).isEqualTo(service.getProperty("HEALTH_PATH"));
        });
    }
}
