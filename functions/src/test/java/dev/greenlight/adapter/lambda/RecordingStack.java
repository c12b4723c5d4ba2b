package dev.greenlight.adapter.lambda;

import dev.greenlight.adapter.SandboxFleets;
import dev.greenlight.adapter.autoscaling.AsgLaunchSources;
import dev.greenlight.adapter.elb.AlbTrafficRules;
import dev.greenlight.port.LaunchSources;
import dev.greenlight.port.StackAnswers;
import dev.greenlight.port.TrafficRules;
import dev.greenlight.usecase.Within;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The world of the handlers that CloudFormation calls: a sandbox, and a place that keeps the answers. */
final class RecordingStack implements StackHooks {

    private final SandboxFleets world;
    private final List<String> answers = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    RecordingStack(SandboxFleets world) {
        this.world = world;
    }

    @Override
    public TrafficRules trafficRules() {
        return new AlbTrafficRules(world.sandbox().elb(), world.aws());
    }

    @Override
    public LaunchSources launchSources() {
        return new AsgLaunchSources(world.sandbox().autoScaling(), world.aws());
    }

    @Override
    public StackAnswers stackAnswers() {
        return (URI to, byte[] answer) -> answers.add(new String(answer, StandardCharsets.UTF_8));
    }

    @Override
    public void complain(String message) {
        complaints.add(message);
    }

    List<String> answers() {
        return answers;
    }

    List<String> complaints() {
        return complaints;
    }

    @Override
    public Within within() {
        return Within.ownThreads();
    }
}
