package dev.greenlight.sandbox.codedeploy;

import dev.greenlight.sandbox.codedeploy.Deployment.Target;
import dev.greenlight.sandbox.codedeploy.Revisions.Stored;
import dev.greenlight.sandbox.codedeploy.ScriptRunner.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.codedeploy.model.S3Location;

/**
 * The CodeDeploy agents of all instances: each does what a lifecycle event asks for, on its instance's own disk.
 *
 * <p>Follows the page "AppSpec 'hooks' section": scripts of ApplicationStop, and around BlockTraffic, come from the revision that was installed successfully before,
 * all others from the new one.
 */
final class Agents {

    private final Revisions revisions;
    private final ScriptRunner scripts;
    private final InstanceDisks disks;
    private final Map<String, Installed> installed = new ConcurrentHashMap<>();
    private final Map<String, Installed> inHand = new ConcurrentHashMap<>();
    private final Map<Stored, Bundle> read = new ConcurrentHashMap<>();
    private final Installer installer;

    /** A bundle on an instance and the folder that it is unpacked to; no folder where scripts need no disk. */
    record Installed(Bundle bundle, Path archive) {}

    Agents(Revisions revisions, ScriptRunner scripts, InstanceDisks disks) {
        this.revisions = revisions;
        this.scripts = scripts;
        this.disks = disks;
        this.installer = new Installer(disks);
    }

    /** Does one event on one instance and blocks until it is done. */
    Result perform(Deployment deployment, Target target, String event) {
        String instanceId = target.instanceId;
        try {
            return switch (event) {
                case "BeforeBlockTraffic", "AfterBlockTraffic", "ApplicationStop" ->
                    runScripts(deployment, instanceId, event, installed.get(instanceId));
                case "DownloadBundle" -> download(deployment, instanceId);
                case "Install" -> install(deployment, instanceId);
                default -> runScripts(deployment, instanceId, event, inHand.get(instanceId));
            };
        } catch (AppSpec.Invalid | IOException e) {
            return Result.broken(e.getMessage());
        }
    }

    /** The label of the revision in hand: what runs once ApplicationStart has passed. */
    String labelInHand(String instanceId) {
        return inHand.get(instanceId).bundle().label();
    }

    /** Whether the revision installed before brings scripts that stop it. */
    boolean stopsApplication(String instanceId) {
        return Optional.ofNullable(installed.get(instanceId))
                .map(i -> !i.bundle().appSpec().scripts("ApplicationStop").isEmpty())
                .orElse(false);
    }

    /** The revision in hand went through all events: it is the last successful one of this instance. */
    void succeeded(String instanceId) {
        installed.put(instanceId, inHand.remove(instanceId));
    }

    /** What was last installed with success; empty on a fresh instance. */
    Optional<Stored> revision(String instanceId) {
        return Optional.ofNullable(installed.get(instanceId))
                .map(i -> i.bundle().source());
    }

    private Result download(Deployment deployment, String instanceId) throws IOException, AppSpec.Invalid {
        S3Location location = deployment.order.revision().s3Location();
        Optional<Stored> stored =
                revisions.find(location.bucket(), location.key(), location.version(), location.eTag());
        if (stored.isEmpty()) {
            return Result.broken("The specified key does not exist: s3://" + location.bucket() + "/" + location.key());
        }
        Bundle bundle = read.get(stored.get());
        if (bundle == null) {
            bundle = Bundle.read(stored.get());
            read.put(stored.get(), bundle);
        }
        Path archive = null;
        if (scripts.needsDisk()) {
            archive = disks.on(
                    instanceId,
                    "/opt/codedeploy-agent/deployment-root/" + deployment.group.id + "/" + deployment.id
                            + "/deployment-archive");
            Files.createDirectories(archive);
            bundle.unpack(archive);
        }
        inHand.put(instanceId, new Installed(bundle, archive));
        return Result.succeeded();
    }

    private Result install(Deployment deployment, String instanceId) throws IOException {
        return scripts.needsDisk()
                ? installer.install(instanceId, inHand.get(instanceId), deployment.order.fileExists())
                : Result.succeeded();
    }

    private Result runScripts(Deployment deployment, String instanceId, String event, Installed from) {
        List<AppSpec.Hook> hooks =
                from == null ? List.of() : from.bundle().appSpec().scripts(event);
        Result result = Result.succeeded();
        for (AppSpec.Hook hook : hooks) {
            result = from.bundle().contains(hook.location())
                    ? scripts.run(call(deployment, instanceId, event, from, hook))
                    : Result.missing(hook.location());
            if (!result.ok()) {
                return result;
            }
        }
        return result;
    }

    private ScriptRunner.Call call(
            Deployment deployment, String instanceId, String event, Installed from, AppSpec.Hook hook) {
        Stored source = from.bundle().source();
        Map<String, String> environment = new TreeMap<>(Map.of(
                "APPLICATION_NAME",
                deployment.group.application,
                "DEPLOYMENT_ID",
                deployment.id,
                "DEPLOYMENT_GROUP_NAME",
                deployment.group.name,
                "DEPLOYMENT_GROUP_ID",
                deployment.group.id,
                "LIFECYCLE_EVENT",
                event,
                "BUNDLE_BUCKET",
                source.bucket(),
                "BUNDLE_KEY",
                source.key(),
                "BUNDLE_VERSION",
                source.version(),
                "BUNDLE_ETAG",
                source.eTag()));
        environment.put("INSTANCE_ID", instanceId);
        if (scripts.needsDisk()) {
            environment.put("INSTANCE_ROOT", disks.root(instanceId).toString());
        }
        return new ScriptRunner.Call(
                instanceId, from.bundle().label(), event, hook.location(), from.archive(), environment, hook.timeout());
    }
}
