package dev.greenlight.cli.stories;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.greenlight.adapter.Aws;
import dev.greenlight.adapter.autoscaling.AsgLaunchSources;
import dev.greenlight.adapter.lambda.LaunchVersionHandler;
import dev.greenlight.adapter.lambda.StackHooks;
import dev.greenlight.port.LaunchSources;
import dev.greenlight.port.StackAnswers;
import dev.greenlight.port.TrafficRules;
import dev.greenlight.sandbox.lambda.Function;
import dev.greenlight.sandbox.world.LaunchTemplate;
import dev.greenlight.sandbox.world.LaunchTemplates;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What CloudFormation does with a new image: it makes a version of each fleet's launch template, asks the function for the version
 * that the group has, and gives the group all its properties. In the order of the synthesized template, with time in between
 * where a story wants it.
 */
final class StackUpdate {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FUNCTION = "launch-version";

    private final Festival festival;
    private final Map<String, String> answered = new LinkedHashMap<>();

    private StackUpdate(Festival festival) {
        this.festival = festival;
    }

    /** A whole update to that image. */
    static void to(String image, Festival festival) {
        asked(image, festival).given();
    }

    /** An update that has asked for both fleets' versions, and has given them nothing yet. */
    static StackUpdate asked(String image, Festival festival) {
        StackUpdate update = new StackUpdate(festival);
        for (String fleet : List.of("A", "B")) {
            String group = festival.group(fleet).name();
            LaunchTemplate template = update.template(group);
            festival.sandbox.world().launchTemplates().revise(template.id(), image);
            update.answered.put(group, update.ask(group));
        }
        return update;
    }

    /** Gives both groups what was answered, and a maximum that has nothing to do with it. */
    void given() {
        answered.forEach((group, version) -> festival.sandbox
                .autoScaling()
                .updateAutoScalingGroup(update -> update.autoScalingGroupName(group)
                        .maxSize(festival.sandbox
                                        .world()
                                        .autoScalingGroup(group)
                                        .orElseThrow()
                                        .capacity()
                                        .max()
                                + 1)
                        .launchTemplate(source ->
                                source.launchTemplateId(template(group).id()).version(version))));
    }

    private LaunchTemplate template(String group) {
        LaunchTemplates templates = festival.sandbox.world().launchTemplates();
        return templates.template(templates.of(group).orElseThrow().template()).orElseThrow();
    }

    private String ask(String group) {
        Asked asked = new Asked(festival, new ArrayList<>());
        LaunchTemplate template = template(group);
        String request = """
                {"RequestType":"Update","ResponseURL":"https://answers.example.com/1","StackId":"stack","RequestId":"1",
                 "LogicalResourceId":"Version","PhysicalResourceId":"version",
                 "ResourceProperties":{"AutoScalingGroupName":"%s","LaunchTemplateId":"%s","LatestVersion":"%d",
                 "DefaultVersion":"1","Group":{"MaxSize":"12"}}}
                """.formatted(group, template.id(), template.latestVersion());
        festival.sandbox
                .lambda()
                .register(Function.named(FUNCTION, Duration.ofMinutes(2)), () -> new LaunchVersionHandler(() -> asked));
        festival.sandbox.lambda().invoke(FUNCTION, request.getBytes(StandardCharsets.UTF_8));
        try {
            return JSON.readTree(asked.answers().getFirst()).at("/Data/Version").asText();
        } catch (JsonProcessingException e) {
            throw new AssertionError(asked.answers().toString(), e);
        }
    }

    private record Asked(Festival festival, List<String> answers) implements StackHooks {

        @Override
        public TrafficRules trafficRules() {
            throw new UnsupportedOperationException("an image says nothing about rules");
        }

        @Override
        public LaunchSources launchSources() {
            return new AsgLaunchSources(festival.sandbox.autoScaling(), new Aws(length -> {}));
        }

        @Override
        public StackAnswers stackAnswers() {
            return (URI to, byte[] answer) -> answers.add(new String(answer, StandardCharsets.UTF_8));
        }

        @Override
        public void complain(String message) {
            throw new AssertionError(message);
        }
    }
}
