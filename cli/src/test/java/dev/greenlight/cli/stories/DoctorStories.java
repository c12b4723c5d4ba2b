package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.doctor.AccountClients;
import dev.greenlight.cli.doctor.Diagnosis;
import dev.greenlight.cli.doctor.Doctor;
import dev.greenlight.cli.doctor.Finding;
import dev.greenlight.cli.installed.Blueprint;
import dev.greenlight.sandbox.cloudformation.Paper;
import dev.greenlight.sandbox.cloudformation.Physical;
import dev.greenlight.sandbox.cloudformation.Resource;
import dev.greenlight.sandbox.paper.PaperAccount;
import dev.greenlight.sandbox.paper.PaperAlarms;
import dev.greenlight.sandbox.paper.PaperBalancing;
import dev.greenlight.sandbox.paper.PaperCloudFormation;
import dev.greenlight.sandbox.paper.PaperConnections;
import dev.greenlight.sandbox.paper.PaperEvents;
import dev.greenlight.sandbox.paper.PaperIam;
import dev.greenlight.sandbox.paper.PaperLambda;
import dev.greenlight.sandbox.paper.PaperLogs;
import dev.greenlight.sandbox.paper.PaperPipelines;
import dev.greenlight.sandbox.paper.PaperSchedules;
import dev.greenlight.sandbox.paper.PaperSecrets;
import dev.greenlight.sandbox.paper.PaperSts;
import dev.greenlight.sandbox.paper.PaperTables;
import dev.greenlight.sandbox.paper.PaperTopics;
import dev.greenlight.sandbox.world.Account;
import dev.greenlight.sandbox.world.Behaviour;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/** The doctor in the middle of the festival: what a rollout does to rules, fleets and groups is no illness. */
class DoctorStories {

    private static final String STACK = "greenlight-festival";

    @Test
    void nothing_that_a_release_and_its_way_back_do_is_taken_for_a_fault() {
        try (Festival festival = Festival.serving(4)) {
            festival.visitors(20);
            well(festival, "before the release");
            String execution = festival.merge("v2", Behaviour.good());
            while (festival.service.execution(execution).ended().isEmpty()) {
                festival.pass(Duration.ofSeconds(30));
                well(festival, "in mid-release");
            }
            assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
            festival.pass(Duration.ofHours(1));
            well(festival, "while blue is warm");
            festival.rollBack();
            festival.pass(Duration.ofMinutes(1));
            well(festival, "after the way back");
            festival.pass(Duration.ofHours(1));
            well(festival, "at rest");
        }
    }

    @Test
    void a_rule_that_a_hand_took_away_is_told() {
        try (Festival festival = Festival.serving(4)) {
            String preview = festival.sandbox.site().b().previewRule();
            festival.sandbox.world().deleteRule(preview);

            assertThat(examined(festival).findings())
                    .filteredOn(Finding.Missing.class::isInstance)
                    .singleElement()
                    .satisfies(missing -> {
                        assertThat(missing.place().id()).isEqualTo(preview);
                        assertThat(missing.text()).isEqualTo("the rule is gone");
                    });
        }
    }

    private static void well(Festival festival, String when) {
        assertThat(examined(festival).findings())
                .as("%s, after %s", when, Duration.between(Festival.OPENING, festival.clock.instant()))
                .allMatch(Finding.Well.class::isInstance);
    }

    /** Rules, fleets and deployment groups are the sandbox's own; what no rollout touches is told from the template. */
    private static Diagnosis examined(Festival festival) {
        Account account = festival.sandbox.world().account();
        PaperAccount paper = new PaperAccount(account, STACK, Blueprint.festivalText(), ids(festival));
        paper.foreignAlarm("festival-orders-lost");
        AccountClients clients = new AccountClients(
                new PaperSts(paper),
                new PaperCloudFormation(paper),
                new PaperIam(paper),
                new PaperLambda(paper),
                new PaperLogs(paper),
                withItsListeners(festival.sandbox.elb(), new PaperBalancing(paper)),
                festival.sandbox.autoScaling(),
                festival.sandbox.codeDeploy(),
                new PaperPipelines(paper),
                new PaperConnections(paper),
                new PaperTables(paper),
                new PaperSchedules(paper),
                new PaperEvents(paper),
                new PaperTopics(paper),
                new PaperAlarms(paper),
                new PaperSecrets(paper));
        return new Doctor(clients, account.region()).examine(STACK, what -> {});
    }

    /** The sandbox has one listener, which speaks no TLS: those of the stack are told from the template. */
    private static ElasticLoadBalancingV2Client withItsListeners(
            ElasticLoadBalancingV2Client sandbox, ElasticLoadBalancingV2Client paper) {
        return (ElasticLoadBalancingV2Client) Proxy.newProxyInstance(
                DoctorStories.class.getClassLoader(),
                new Class<?>[] {ElasticLoadBalancingV2Client.class},
                (self, method, arguments) -> {
                    try {
                        return method.invoke(method.getName().equals("describeListeners") ? paper : sandbox, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** The stack's ids, but for event rules: the sandbox's bus calls them otherwise than their ARNs do. */
    private static Physical ids(Festival festival) {
        Physical stack = festival.service.stack();
        Physical paper = new Paper(festival.sandbox.world().account(), STACK, "events");
        return new Physical() {
            @Override
            public Optional<String> ref(Resource resource) {
                return of(resource).ref(resource);
            }

            @Override
            public Optional<String> attribute(Resource resource, String attribute) {
                return of(resource).attribute(resource, attribute);
            }

            @Override
            public Optional<String> secret(String id) {
                return stack.secret(id);
            }

            private Physical of(Resource resource) {
                return resource.type().equals("AWS::Events::Rule") ? paper : stack;
            }
        };
    }
}
