package dev.greenlight.sandbox.codedeploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEvent;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventStatus;

/**
 * The template for an application's repository, built by its own buildspec and installed by CodeDeploy, its scripts as real
 * processes. systemd, curl and the AWS CLI are stand-ins.
 */
class ApplicationTemplateTest {

    private static final String HOOK = "arn:aws:lambda:eu-central-1:123456789012:function:may-it-serve";
    private static final String WAIT = "{\"outcome\":\"in-progress\",\"message\":\"caches are cold\"}\n";
    private static final String DONE =
            "{\"outcome\":\"done\",\"message\":\"it says \\\"outcome\\\":\\\"failed\\\"\"}\n";

    /** Greenlight holds nothing against a revision whose script ends so. */
    private static final int NO_VERDICT = 75;

    @TempDir
    private Path disks;

    @TempDir
    private Path repository;

    private Rig rig;
    private String instance;
    private TemplateRepository app;

    @BeforeEach
    void an_instance_and_a_repository() throws IOException {
        rig = new Rig(new ProcessScripts(List.of(TemplateRepository.STAND_INS)), disks).instances(1);
        instance = rig.inService().getFirst();
        app = TemplateRepository.begun(repository)
                .setting("HEALTH_TRIES", "3")
                .setting("HEALTH_PAUSE", "0")
                .setting("HOOK_TRIES", "4")
                .setting("HOOK_PAUSE", "0");
    }

    private String release(String version) throws IOException, InterruptedException {
        return rig.deployed(rig.put(version + ".zip", app.build(version).artifact()));
    }

    /** Asks the hook about a rollout; the answers come in turn, the last for ever. */
    private void hooked(String description, String answers) throws IOException {
        app.setting("HOOK_FUNCTION", HOOK);
        Path world = Files.createDirectories(world());
        Files.writeString(world.resolve("description"), description + "\n");
        Files.writeString(world.resolve("answers"), answers);
    }

    private Path world() {
        return disks.resolve(instance).resolve("world");
    }

    private List<String> calls(String program) throws IOException {
        return Files.readAllLines(world().resolve("calls")).stream()
                .filter(call -> call.startsWith(program))
                .toList();
    }

    private void succeeded(String deployment) {
        assertThat(rig.info(deployment).status())
                .as(() -> rig.target(deployment, instance).toString())
                .isEqualTo(DeploymentStatus.SUCCEEDED);
    }

    /** The last line that the event's script said, which is its reason. */
    private String reason(String deployment, String event) {
        LifecycleEvent failed = rig.event(deployment, instance, event);
        assertThat(failed.status()).isEqualTo(LifecycleEventStatus.FAILED);
        assertThat(failed.diagnostics().logTail()).hasSizeLessThanOrEqualTo(OutputTail.LIMIT);
        return failed.diagnostics().logTail().lines().toList().getLast();
    }

    /** With what the script of ValidateService ended. */
    private int exit(String deployment) {
        String message =
                rig.event(deployment, instance, "ValidateService").diagnostics().message();
        return Integer.parseInt(message.substring(message.lastIndexOf(' ') + 1));
    }

    @Test
    void a_fresh_instance_serves_what_was_installed() throws IOException, InterruptedException {
        succeeded(release("v1"));

        assertThat(world().resolve("version")).hasContent("v1");
        assertThat(calls("systemctl"))
                .containsExactly(
                        "systemctl daemon-reload",
                        "systemctl enable app.service",
                        "systemctl reset-failed app.service",
                        "systemctl restart app.service");
        assertThat(calls("curl")).containsExactly("curl http://127.0.0.1:8080/health");
        assertThat(calls("aws")).isEmpty();
    }

    @Test
    void an_upgrade_stops_the_old_release_and_leaves_nothing_of_it() throws IOException, InterruptedException {
        app.with("app/only-in-v1", "old");
        succeeded(release("v1"));
        Files.delete(repository.resolve("app/only-in-v1"));
        succeeded(release("v2"));

        assertThat(world().resolve("version")).hasContent("v2");
        assertThat(calls("systemctl")).contains("systemctl stop app.service");
        assertThat(disks.resolve(instance).resolve("opt/app/current"))
                .isDirectoryContaining("glob:**/app.jar")
                .isDirectoryNotContaining("glob:**/only-in-v1");
    }

    @Test
    void the_same_revision_can_be_installed_again() throws IOException, InterruptedException {
        succeeded(release("v1"));
        succeeded(release("v1"));

        assertThat(world().resolve("version")).hasContent("v1");
    }

    @Test
    void a_service_that_takes_its_time_is_waited_for() throws IOException, InterruptedException {
        app.behaving("slow");
        succeeded(release("v1"));

        assertThat(calls("curl")).hasSize(2);
    }

    @Test
    void a_service_that_answers_wrongly_fails_with_its_last_answer() throws IOException, InterruptedException {
        app.behaving("status 500");

        assertThat(reason(release("v1"), "ValidateService"))
                .endsWith("app: v1 is not valid: /health after 3 tries: it answers 500");
        assertThat(calls("curl")).hasSize(3);
    }

    @Test
    void a_service_that_hangs_fails_with_what_curl_said() throws IOException, InterruptedException {
        app.behaving("silent");

        assertThat(reason(release("v1"), "ValidateService")).contains("after 3 tries: curl: (28) Operation timed out");
    }

    @Test
    void a_service_that_crashes_is_not_waited_for() throws IOException, InterruptedException {
        app.behaving("crashes");

        assertThat(reason(release("v1"), "ValidateService"))
                .contains("the service has failed; /health: curl: (7) Failed to connect");
        assertThat(calls("curl")).hasSize(1);
    }

    @Test
    void a_service_that_does_not_start_says_so_behind_its_log() throws IOException, InterruptedException {
        app.behaving("does not start");
        String deployment = release("v1");

        assertThat(reason(deployment, "ApplicationStart")).endsWith("app: v1 does not start");
        assertThat(rig.event(deployment, instance, "ApplicationStart")
                        .diagnostics()
                        .logTail())
                .contains("line 100 of the service's log");
    }

    @Test
    void another_version_cannot_pass_for_the_new_one() throws IOException, InterruptedException {
        app.setting("VERSION_HEADER", "X-App-Version").behaving("another version");

        assertThat(reason(release("v1"), "ValidateService")).endsWith("after 3 tries: X-App-Version is 'v0'");

        app.behaving("healthy");
        succeeded(release("v2"));
    }

    @Test
    void a_revision_without_its_program_is_not_installed() throws IOException, InterruptedException {
        Files.delete(repository.resolve("app/run"));

        assertThat(reason(release("v1"), "AfterInstall")).endsWith("app: the revision has no run, or an empty one");
    }

    @Test
    void the_old_revision_comes_back_after_a_broken_one() throws IOException, InterruptedException {
        succeeded(release("v1"));
        app.behaving("crashes");
        String broken = release("v2");
        assertThat(rig.info(broken).status()).isEqualTo(DeploymentStatus.FAILED);

        app.behaving("healthy");
        succeeded(release("v1"));

        assertThat(world().resolve("version")).hasContent("v1");
        assertThat(world().resolve("failed")).doesNotExist();
    }

    @Test
    void a_release_whose_validation_failed_is_replaced_although_nobody_stopped_it()
            throws IOException, InterruptedException {
        app.behaving("status 500");
        release("v1");
        app.behaving("healthy");
        succeeded(release("v2"));

        assertThat(calls("systemctl")).doesNotContain("systemctl stop app.service");
        assertThat(world().resolve("version")).hasContent("v2");
    }

    @Test
    void the_hook_is_asked_about_the_rollout_until_it_is_done() throws IOException, InterruptedException {
        hooked("greenlight 0c1e-77", WAIT + WAIT + DONE);
        String deployment = release("v1");
        succeeded(deployment);

        assertThat(calls("aws deploy"))
                .singleElement()
                .asString()
                .contains("--region eu-central-1", "--deployment-id " + deployment);
        assertThat(calls("aws lambda"))
                .hasSize(3)
                .allSatisfy(call -> assertThat(call).contains("--region eu-central-1", "--function-name " + HOOK));
        assertThat(calls("payload"))
                .hasSize(3)
                .containsOnly("payload {\"rollout\":\"0c1e-77\",\"instance\":\"%s\"}".formatted(instance));
    }

    @Test
    void what_the_hook_refuses_fails_at_once_with_its_answer() throws IOException, InterruptedException {
        hooked("greenlight r-1", WAIT + "{\"outcome\":\"failed\",\"message\":\"it sells tickets twice\"}\n");

        String deployment = release("v1");
        assertThat(reason(deployment, "ValidateService")).contains("the hook says:", "it sells tickets twice");
        assertThat(exit(deployment)).isEqualTo(1);
        assertThat(calls("aws lambda")).hasSize(2);
    }

    @Test
    void what_the_hook_says_of_the_rollout_is_a_verdict() throws IOException, InterruptedException {
        hooked("greenlight r-1", "{\"outcome\":\"failed\",\"message\":\"smoke: 500\",\"failure\":\"ROLLOUT\"}\n");

        assertThat(exit(release("v1"))).isEqualTo(1);
    }

    @Test
    void what_the_hook_cannot_do_is_no_verdict_and_ends_the_asking() throws IOException, InterruptedException {
        hooked(
                "greenlight r-1",
                "{\"outcome\":\"failed\",\"message\":\"ec2:X is denied\",\"failure\":\"PERMISSION\"}\n");
        String deployment = release("v1");

        assertThat(reason(deployment, "ValidateService"))
                .contains("nobody says whether v1 is valid", "ec2:X is denied");
        assertThat(exit(deployment)).isEqualTo(NO_VERDICT);
        assertThat(calls("aws lambda")).hasSize(1);
    }

    @Test
    void an_instance_that_cannot_learn_its_id_has_no_verdict() throws IOException, InterruptedException {
        hooked("greenlight r-1", DONE);
        Files.createFile(world().resolve("no-metadata"));
        String deployment = release("v1");

        assertThat(reason(deployment, "ValidateService")).contains("after 4 tries: no instance id: curl: (28)");
        assertThat(exit(deployment)).isEqualTo(NO_VERDICT);
        assertThat(calls("aws lambda")).isEmpty();
    }

    @Test
    void a_hook_that_never_decides_is_asked_so_often_and_no_more() throws IOException, InterruptedException {
        hooked("greenlight r-1", WAIT);

        String deployment = release("v1");
        assertThat(reason(deployment, "ValidateService"))
                .contains("the hook has not decided after 4 tries", "caches are cold");
        assertThat(exit(deployment)).isEqualTo(NO_VERDICT);
        assertThat(calls("aws lambda")).hasSize(4);
    }

    @Test
    void a_hook_that_cannot_be_called_or_dies_is_asked_again() throws IOException, InterruptedException {
        hooked("greenlight r-1", "error: Rate exceeded\ncrash\n" + DONE);
        succeeded(release("v1"));

        assertThat(calls("aws lambda")).hasSize(3);
    }

    @Test
    void a_hook_that_may_not_be_called_is_named_in_the_end() throws IOException, InterruptedException {
        hooked("greenlight r-1", "error: AccessDeniedException: not authorized to perform: lambda:InvokeFunction\n");

        assertThat(reason(release("v1"), "ValidateService"))
                .contains("after 4 tries", "not authorized to perform: lambda:InvokeFunction");
    }

    @Test
    void an_answer_that_is_none_is_no_yes() throws IOException, InterruptedException {
        hooked("greenlight r-1", "{\"result\":\"fine\"}\n");

        String deployment = release("v1");
        assertThat(reason(deployment, "ValidateService")).contains("the hook says: {\"result\":\"fine\"}");
        assertThat(exit(deployment)).isEqualTo(NO_VERDICT);
        assertThat(calls("aws lambda")).hasSize(1);
    }

    @Test
    void an_instance_that_auto_scaling_launched_later_waits_for_no_hook() throws IOException, InterruptedException {
        hooked("Automated deployment triggered by Auto Scaling", "{\"outcome\":\"failed\",\"message\":\"over\"}\n");
        succeeded(release("v1"));

        assertThat(calls("aws lambda")).isEmpty();
    }

    @Test
    void a_hook_that_is_no_functions_arn_is_refused() throws IOException, InterruptedException {
        app.setting("HOOK_FUNCTION", "may-it-serve");

        assertThat(reason(release("v1"), "ValidateService"))
                .endsWith("HOOK_FUNCTION is the ARN of a function, not 'may-it-serve'");
    }

    @Test
    void the_scripts_own_limits_end_before_code_deploys_does() throws IOException, AppSpec.Invalid {
        var settings = new Properties();
        try (var file = Files.newBufferedReader(TemplateRepository.TEMPLATE.resolve("service.env"))) {
            settings.load(file);
        }
        // A try's own time: curl's limits; both calls' limits of connecting and reading.
        long health = number(settings, "HEALTH_TRIES") * (number(settings, "HEALTH_PAUSE") + 2);
        long hook = number(settings, "HOOK_TRIES") * (number(settings, "HOOK_PAUSE") + 5 + 10 + 2 + 2 + 5 + 60);
        AppSpec spec = AppSpecReader.read(Files.readString(TemplateRepository.TEMPLATE.resolve("appspec.yml")));

        Duration limit = spec.scripts("ValidateService").getFirst().timeout();
        assertThat(Duration.ofSeconds(health + hook)).isLessThan(limit);
        // Half an hour is what an installation has, unless the settings say otherwise.
        assertThat(limit).isLessThan(Duration.ofMinutes(30));
    }

    private static long number(Properties settings, String key) {
        return Long.parseLong(settings.getProperty(key));
    }
}
