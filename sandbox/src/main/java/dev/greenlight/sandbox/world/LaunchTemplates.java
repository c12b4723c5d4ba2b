package dev.greenlight.sandbox.world;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The launch templates of a world, and which group launches from which. Every method holds the world's lock.
 *
 * <p>Methods that take a template's id throw {@link NoSuchElementException} for one that does not exist.
 */
public final class LaunchTemplates {

    private final World world;
    private final Ids ids;
    private final Map<String, LaunchTemplate> templates = new LinkedHashMap<>();
    private final Map<String, Source> sources = new LinkedHashMap<>();

    /**
     * What a group launches from.
     *
     * @param version a number, {@code $Latest} or {@code $Default}, as it was given
     */
    public record Source(String template, String version) {}

    /** What an instance was launched from. */
    public record Origin(String template, String templateName, long version, String image) {}

    /** Its ids are drawn apart: a template more changes no other id of a story. */
    LaunchTemplates(World world, long seed) {
        this.world = world;
        this.ids = new Ids(~seed);
    }

    /** Makes a template whose first and default version has the image. */
    public LaunchTemplate create(String name, String image) {
        synchronized (world) {
            LaunchTemplate made = new LaunchTemplate("lt-0" + ids.hex(16), name, List.of(image), 1);
            templates.put(made.id(), made);
            return made;
        }
    }

    /** Gives a template one more version, which nobody uses by that. @return its number */
    public long revise(String id, String image) {
        synchronized (world) {
            LaunchTemplate revised = existing(id).with(image);
            templates.put(id, revised);
            return revised.latestVersion();
        }
    }

    public Optional<LaunchTemplate> template(String id) {
        synchronized (world) {
            return Optional.ofNullable(templates.get(id));
        }
    }

    public List<LaunchTemplate> all() {
        synchronized (world) {
            return List.copyOf(templates.values());
        }
    }

    /** Lets the group launch from the source; instances that live are not touched. */
    public void launchFrom(String autoScalingGroup, Source source) {
        synchronized (world) {
            if (!existing(source.template()).has(source.version())) {
                throw new NoSuchElementException("no version %s of %s".formatted(source.version(), source.template()));
            }
            sources.put(autoScalingGroup, source);
        }
    }

    /** What the group launches from; empty for a group that launches from no template. */
    public Optional<Source> of(String autoScalingGroup) {
        synchronized (world) {
            return Optional.ofNullable(sources.get(autoScalingGroup));
        }
    }

    /** What an instance is launched from if the group launches one now. */
    Optional<Origin> origin(String autoScalingGroup) {
        return of(autoScalingGroup).map(source -> {
            LaunchTemplate template = existing(source.template());
            long number = template.number(source.version());
            return new Origin(
                    template.id(), template.name(), number, template.images().get((int) number - 1));
        });
    }

    private LaunchTemplate existing(String id) {
        return template(id).orElseThrow(() -> new NoSuchElementException("no launch template " + id));
    }
}
