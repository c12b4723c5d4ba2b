package dev.greenlight.adapter.lambda;

import dev.greenlight.Wiring;
import dev.greenlight.port.StackAnswers;
import dev.greenlight.usecase.KeepLaunchVersion;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The function that tells CloudFormation which launch version a fleet's group has: see {@link KeepLaunchVersion}. The answer's
 * {@code Version} is what the template passes to the group. Nothing is made, so nothing is deleted.
 */
public final class LaunchVersionHandler extends StackHandler<KeepLaunchVersion.Wish> {

    static final String NOT_MADE = "greenlight-launch-version-not-made";

    public LaunchVersionHandler() {
        this(Wiring.stackHooksOfThisFunction(), Wiring.stackAnswersOfThisFunction());
    }

    public LaunchVersionHandler(Supplier<? extends StackHooks> hooks) {
        this(hooks, () -> hooks.get().stackAnswers());
    }

    LaunchVersionHandler(Supplier<? extends StackHooks> hooks, Supplier<? extends StackAnswers> answers) {
        super(hooks, answers, Set.of("AutoScalingGroupName", "LaunchTemplateId", "LatestVersion", "DefaultVersion"));
    }

    @Override
    String notMade() {
        return NOT_MADE;
    }

    @Override
    boolean nothingBehind(String physicalId) {
        return true;
    }

    @Override
    Optional<KeepLaunchVersion.Wish> properties(Reading reading) {
        Optional<String> group = reading.required("AutoScalingGroupName");
        Optional<String> template = reading.required("LaunchTemplateId");
        Optional<String> latest = number("LatestVersion", reading);
        Optional<String> standard = number("DefaultVersion", reading);
        return group.isPresent() && template.isPresent() && latest.isPresent() && standard.isPresent()
                ? Optional.of(new KeepLaunchVersion.Wish(group.get(), template.get(), latest.get(), standard.get()))
                : Optional.empty();
    }

    private static Optional<String> number(String name, Reading reading) {
        Optional<String> text = reading.required(name);
        if (text.filter(t -> !t.matches("[1-9]\\d{0,8}")).isPresent()) {
            reading.fault("ResourceProperties.%s: not a version's number".formatted(name));
            return Optional.empty();
        }
        return text;
    }

    @Override
    StackReply settled(
            StackRequest.Type type, StackRequest.Caller caller, KeepLaunchVersion.Wish wish, StackHooks world) {
        return switch (type) {
            case CREATE, UPDATE -> answer(caller, wish, world);
            case DELETE -> new StackReply(id(caller), "", Map.of());
        };
    }

    private static StackReply answer(StackRequest.Caller caller, KeepLaunchVersion.Wish wish, StackHooks world) {
        String id = "launch-version-of-" + wish.group();
        return switch (new KeepLaunchVersion(world.launchSources()).version(wish)) {
            case KeepLaunchVersion.Kept.Version kept -> {
                kept.remark().ifPresent(remark -> world.complain("%s: %s".formatted(caller.logicalId(), remark)));
                yield new StackReply(id, "", Map.of("Version", kept.number()));
            }
            case KeepLaunchVersion.Kept.None none -> new StackReply(id, none.reason(), Map.of());
        };
    }
}
