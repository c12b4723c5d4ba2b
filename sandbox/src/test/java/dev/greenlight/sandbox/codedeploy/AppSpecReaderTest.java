package dev.greenlight.sandbox.codedeploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.greenlight.sandbox.codedeploy.AppSpec.Copy;
import dev.greenlight.sandbox.codedeploy.AppSpec.Hook;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AppSpecReaderTest {

    @Test
    void files_and_scripts_are_read_in_their_order() throws AppSpec.Invalid {
        AppSpec spec = AppSpecReader.read("""
                version: 0.0
                os: linux
                files:
                  - source: /app
                    destination: /opt/checkout
                hooks:
                  ApplicationStart:
                    - location: scripts/one.sh
                      timeout: 60
                      runas: root
                    - location: scripts/two.sh
                """);

        assertThat(spec.files()).containsExactly(new Copy("/app", "/opt/checkout"));
        assertThat(spec.scripts("ApplicationStart"))
                .containsExactly(
                        new Hook("scripts/one.sh", Duration.ofSeconds(60)),
                        new Hook("scripts/two.sh", Duration.ofSeconds(3600)));
        assertThat(spec.scripts("ValidateService")).isEmpty();
    }

    @Test
    void every_fault_is_listed() {
        AppSpec.Invalid invalid = catchThrowableOfType(AppSpec.Invalid.class, () -> AppSpecReader.read("""
                version: 1.0
                os: windows
                files:
                  - source: /app
                    destination: opt/checkout
                  - destination: /opt
                hooks:
                  AfterLunch:
                    - location: a.sh
                  ValidateService:
                    - timeout: soon
                    - location: b.sh
                      timeout: 3000
                    - location: c.sh
                      timeout: 1000
                """));

        assertThat(invalid.faults())
                .containsExactly(
                        "version must be 0.0, is 1.0",
                        "os must be linux, is windows",
                        "files[0].destination must be absolute, is opt/checkout",
                        "files[1].source is missing",
                        "hooks.AfterLunch is no event that scripts can hang on",
                        "hooks.ValidateService[0].timeout must be a positive number of seconds, is soon",
                        "hooks.ValidateService[0].location is missing",
                        "hooks.ValidateService may take 7600 s, more than 3600");
    }

    @Test
    void what_is_no_yaml_is_one_fault() {
        AppSpec.Invalid invalid =
                catchThrowableOfType(AppSpec.Invalid.class, () -> AppSpecReader.read("version: [0.0"));

        assertThat(invalid.faults()).singleElement().asString().startsWith("not YAML");
    }
}
