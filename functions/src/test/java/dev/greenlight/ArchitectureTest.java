package dev.greenlight;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every wall stands, and every wall can fall: each rule also runs over a class that breaks it. */
class ArchitectureTest {

    private static final String PRODUCT = "dev.greenlight";
    private static final String OFFENCES = "dev.greenlight.offence";

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/sandbox/"))
            .importPackages(PRODUCT);

    private static final JavaClasses THEIRS = new ClassFileImporter().importPackages(OFFENCES);

    static Stream<Arguments> walls() {
        return Stream.of(
                wall("AWS", Architecture::aws_is_known_to_adapters_and_wiring_only, "KnowsAws"),
                wall("clock", Architecture::the_clock_is_read_by_adapters_and_wiring_only, "ReadsTheClock"),
                wall("domain", Architecture::the_domain_knows_the_language_and_nothing_that_reaches_out, "ReachesOut"),
                wall("ports", Architecture::ports_speak_domain_types, "SpeaksOfUseCases"),
                wall("use cases", Architecture::use_cases_talk_to_ports, "KnowsAnAdapter"),
                wall("JSON", Architecture::json_is_streamed, "BindsData"),
                wall(
                        "cycles in the domain",
                        Architecture::no_room_of_the_domain_needs_one_that_needs_it,
                        "domain.one.NeedsTwo"),
                wall("cycles of adapters", Architecture::no_adapter_needs_one_that_needs_it, "adapter.one.NeedsTwo"),
                wall("injection", Architecture::nothing_is_injected_into_fields, "IsInjected"),
                wall("final fields", Architecture::fields_are_final, "ChangesItsMind"));
    }

    private static Arguments wall(String name, Function<Architecture, ArchRule> rule, String offender) {
        return Arguments.of(Named.of(name, rule), offender);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("walls")
    void the_product_keeps_its_walls(Function<Architecture, ArchRule> wall, String offender) {
        wall.apply(new Architecture(PRODUCT)).check(OURS);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("walls")
    void a_wall_falls_when_it_is_broken_on_purpose(Function<Architecture, ArchRule> wall, String offender) {
        EvaluationResult result = wall.apply(new Architecture(OFFENCES)).evaluate(THEIRS);

        assertThat(result.hasViolation()).isTrue();
        assertThat(result.getFailureReport().toString()).contains(offender);
    }
}
