package dev.greenlight;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Set;

/**
 * The walls between the rooms, as rules over the packages below {@code root}: the product's own, or the offences that prove
 * that each rule can fail.
 */
final class Architecture {

    private static final Set<String> SYSTEM_TIME = Set.of("currentTimeMillis", "nanoTime");

    private final String root;

    Architecture(String root) {
        this.root = root;
    }

    ArchRule aws_is_known_to_adapters_and_wiring_only() {
        return noClasses()
                .that(not(adaptersOrWiring()))
                .should()
                .dependOnClassesThat(resideInAnyPackage("software.amazon..", "com.amazonaws.."));
    }

    ArchRule the_clock_is_read_by_adapters_and_wiring_only() {
        return noClasses()
                .that(not(adaptersOrWiring()))
                .should()
                .callCodeUnitWhere(DescribedPredicate.describe("reads the system clock", Architecture::readsClock));
    }

    ArchRule the_domain_knows_the_language_and_nothing_that_reaches_out() {
        return classes()
                .that(resideInAPackage(root + ".domain.."))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        root + ".domain..",
                        "java.lang",
                        "java.lang.invoke",
                        "java.lang.runtime",
                        "java.time",
                        "java.time.temporal",
                        "java.util",
                        "java.util.function",
                        "java.util.regex",
                        "java.util.stream"));
    }

    ArchRule ports_speak_domain_types() {
        return within(".port..", ".port..", ".domain..");
    }

    ArchRule use_cases_talk_to_ports() {
        return within(".usecase..", ".usecase..", ".port..", ".domain..");
    }

    ArchRule json_is_streamed() {
        return noClasses().should().dependOnClassesThat(resideInAPackage("com.fasterxml.jackson.databind.."));
    }

    ArchRule no_room_of_the_domain_needs_one_that_needs_it() {
        return slices().matching(root + ".domain.(*)..").should().beFreeOfCycles();
    }

    ArchRule no_adapter_needs_one_that_needs_it() {
        return slices().matching(root + ".adapter.(*)..").should().beFreeOfCycles();
    }

    ArchRule nothing_is_injected_into_fields() {
        return noFields()
                .should()
                .beAnnotatedWith(DescribedPredicate.<JavaAnnotation<?>>describe(
                        "an annotation that injects",
                        annotation -> annotation.getRawType().getSimpleName().equals("Inject")));
    }

    ArchRule fields_are_final() {
        return classes()
                .that(resideInAnyPackage(root + ".domain..", root + ".port..", root + ".usecase.."))
                .and(not(oneCallsState()))
                .should()
                .haveOnlyFinalFields();
    }

    /** Lives for one call, and holds the record as that call last stored it. */
    private DescribedPredicate<JavaClass> oneCallsState() {
        return nameMatching(".*\\.usecase\\.Logbook").forSubtype();
    }

    private ArchRule within(String room, String... neighbours) {
        String[] allowed = new String[neighbours.length + 1];
        for (int i = 0; i < neighbours.length; i++) {
            allowed[i] = root + neighbours[i];
        }
        allowed[neighbours.length] = "java..";
        return classes()
                .that(resideInAPackage(root + room))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed));
    }

    private DescribedPredicate<JavaClass> adaptersOrWiring() {
        return resideInAPackage(root + ".adapter..")
                .or(nameMatching(root.replace(".", "\\.") + "\\.Wiring(\\$.*)?").forSubtype());
    }

    private static boolean readsClock(JavaCall<?> call) {
        JavaClass owner = call.getTargetOwner();
        String name = call.getName();
        return owner.getPackageName().equals("java.time") && name.equals("now")
                || (owner.isEquivalentTo(Clock.class) || owner.isEquivalentTo(InstantSource.class))
                        && name.startsWith("system")
                || owner.isEquivalentTo(System.class) && SYSTEM_TIME.contains(name)
                || owner.isEquivalentTo(java.util.Date.class) && name.equals("<init>");
    }
}
