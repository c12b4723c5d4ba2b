package dev.greenlight.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SchemaTest {

    @Test
    void the_schema_knows_exactly_the_keys_that_the_reader_knows() throws IOException {
        JsonNode schema = new ObjectMapper().readTree(Project.schema().toFile());
        Set<String> described = new TreeSet<>();
        collect(schema, "", described);
        String everything = Files.readString(Project.example("everything"));
        assertThat(described).isEqualTo(new TreeSet<>(ConfigReader.knownKeys(everything)));
    }

    @Test
    void the_schema_lets_no_other_key_pass_and_describes_each() throws IOException {
        assertStrict(new ObjectMapper().readTree(Project.schema().toFile()), "the file");
    }

    private static void collect(JsonNode schema, String path, Set<String> described) {
        schema.path("properties").properties().forEach(property -> {
            String key = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
            described.add(key);
            collect(property.getValue(), key, described);
            if (property.getValue().has("items")) {
                collect(property.getValue().get("items"), key + "[]", described);
            }
        });
    }

    private static void assertStrict(JsonNode schema, String at) {
        if (schema.has("properties")) {
            assertThat(schema.path("additionalProperties").isBoolean()
                            && !schema.path("additionalProperties").asBoolean())
                    .as(at)
                    .isTrue();
            schema.path("properties").properties().forEach(property -> {
                assertThat(property.getValue().path("description").asText())
                        .as(property.getKey())
                        .isNotBlank();
                assertStrict(property.getValue(), property.getKey());
                assertStrict(property.getValue().path("items"), property.getKey());
            });
        }
    }
}
