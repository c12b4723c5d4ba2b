package dev.greenlight.sandbox.codedeploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventStatus;

/** Bundles on a disk, scripts as processes. */
class RealBundleTest {

    @TempDir
    private Path disks;

    private static Zip release(String version) {
        return Zip.version(version)
                .with("app/page.html", "hello from " + version)
                .appSpec("ApplicationStop", "BeforeInstall", "ApplicationStart", "ValidateService")
                .script(
                        "ApplicationStop",
                        "#!/bin/sh\necho \"stop $LIFECYCLE_EVENT " + version + "\" >> \"$INSTANCE_ROOT/diary\"\n")
                .script("BeforeInstall", "echo \"before $BUNDLE_KEY\" >> \"$INSTANCE_ROOT/diary\"\n")
                .script("ApplicationStart", "echo \"start " + version + "\" >> \"$INSTANCE_ROOT/diary\"\n")
                .script("ValidateService", "grep -q " + version + " \"$INSTANCE_ROOT/opt/app/app/page.html\"\n");
    }

    @Test
    void files_are_copied_below_the_instances_own_root_and_scripts_run_in_order() throws IOException {
        Rig rig = new Rig(new ProcessScripts(), disks).instances(1);

        String first = rig.deployed(rig.put("v1.zip", release("v1")));
        String second = rig.deployed(rig.put("v2.zip", release("v2").with("app/new.txt", "new")));

        assertThat(rig.info(first).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
        assertThat(rig.info(second).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
        Path root = disks.resolve(rig.inService().getFirst());
        assertThat(Files.readAllLines(root.resolve("diary")))
                .containsExactly("before v1.zip", "start v1", "stop ApplicationStop v1", "before v2.zip", "start v2");
        assertThat(root.resolve("opt/app/app/new.txt")).hasContent("new");
    }

    @Test
    void a_script_that_exits_1_fails_that_instance_with_its_last_words() {
        Rig rig = new Rig(new ProcessScripts(), disks).instances(2);
        String unlucky = rig.inService().getLast();
        Zip zip = release("v1")
                .script(
                        "ValidateService",
                        "[ \"$INSTANCE_ID\" = " + unlucky + " ] && { echo no answer; exit 1; }\nexit 0\n");

        String id = rig.deployed(rig.put("v1.zip", zip));

        assertThat(rig.info(id).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
        var failed = rig.event(id, unlucky, "ValidateService");
        assertThat(failed.status()).isEqualTo(LifecycleEventStatus.FAILED);
        assertThat(failed.diagnostics().logTail()).contains("[stdout]no answer");
    }

    @Test
    void a_file_that_somebody_else_put_there_is_in_the_way() throws IOException {
        Rig rig = new Rig(new ProcessScripts(), disks).instances(1);
        String instance = rig.inService().getFirst();
        Path inTheWay = disks.resolve(instance).resolve("opt/app/version");
        Files.createDirectories(inTheWay.getParent());
        Files.writeString(inTheWay, "mine");
        var v1 = rig.put("v1.zip", release("v1"));

        String id = rig.codeDeploy
                .createDeployment(r ->
                        r.applicationName("checkout").deploymentGroupName("a").revision(v1))
                .deploymentId();
        rig.pass(Duration.ofMinutes(5));

        assertThat(rig.event(id, instance, "Install").diagnostics().message()).contains("already exists");
        assertThat(rig.info(rig.deployed(v1)).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
        assertThat(inTheWay).hasContent("v1\n");
    }

    @Test
    void a_bundle_without_an_appspec_cannot_be_downloaded() {
        Rig rig = new Rig(new ProcessScripts(), disks).instances(1);

        String id = rig.deployed(rig.put("v1.zip", Zip.version("v1")));

        assertThat(rig.event(id, rig.inService().getFirst(), "DownloadBundle")
                        .diagnostics()
                        .message())
                .contains("did not find an AppSpec file");
    }
}
