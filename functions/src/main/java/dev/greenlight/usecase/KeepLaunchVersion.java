package dev.greenlight.usecase;

import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.port.LaunchSources;
import java.util.Optional;

/**
 * Says which version of its launch template a stack update gives to a fleet's group: the one that the group launches from
 * already, so that only a rollout changes it. A group that is yet to be made gets the newest; one that somebody has made launch
 * from anything else gets none.
 */
public final class KeepLaunchVersion {

    private final LaunchSources sources;

    public KeepLaunchVersion(LaunchSources sources) {
        this.sources = sources;
    }

    /**
     * What the stack knows.
     *
     * @param group name of the Auto Scaling group
     * @param template id of the launch template that the stack made for it
     * @param newest number of the template's newest version
     * @param standard number of the template's default version
     */
    public record Wish(String group, String template, String newest, String standard) {}

    /** What CloudFormation is told. */
    public sealed interface Kept {

        /**
         * The version's number.
         *
         * @param remark what a person should know about it; mostly empty
         */
        record Version(String number, Optional<String> remark) implements Kept {}

        /** There is no such version; the reason says what to do. */
        record None(String reason) implements Kept {}
    }

    /** The version that the group is to keep, or to begin with. */
    public Kept version(Wish wish) {
        Optional<LaunchSource> live = sources.of(wish.group());
        if (live.isEmpty()) {
            return new Kept.Version(wish.newest(), Optional.empty());
        }
        return switch (live.get()) {
            case LaunchSource.Template template ->
                template.id().equals(wish.template()) ? numbered(template, wish) : foreign(template, wish);
            case LaunchSource.Other other -> foreign(other, wish);
        };
    }

    /** CloudFormation takes numbers only: what somebody set by hand is fixed at what it stands for now. */
    private static Kept numbered(LaunchSource.Template live, Wish wish) {
        return switch (live.version()) {
            case "$Latest" -> new Kept.Version(wish.newest(), Optional.of(fixed(live, wish.newest())));
            case "$Default" -> new Kept.Version(wish.standard(), Optional.of(fixed(live, wish.standard())));
            default -> new Kept.Version(live.version(), Optional.empty());
        };
    }

    private static String fixed(LaunchSource.Template live, String version) {
        return "somebody set %s: it is version %s from now on".formatted(live, version);
    }

    /** Any number would have CloudFormation write over what serves. */
    private static Kept foreign(LaunchSource live, Wish wish) {
        return new Kept.None(
                "group %s launches from %s, which this stack did not give it, and an update would write over it: give the group back a version of launch template %s that it can serve from, then deploy again"
                        .formatted(wish.group(), live, wish.template()));
    }
}
