package dev.greenlight.sandbox.world;

import java.util.List;

/**
 * A launch template as it was when it was asked for; versions only ever join.
 *
 * @param id {@code lt-} and 17 hexadecimal digits
 * @param images the machine image of each version, the first of version 1; all that the sandbox knows of a version's data
 * @param defaultVersion what {@code $Default} stands for
 */
public record LaunchTemplate(String id, String name, List<String> images, long defaultVersion) {

    public LaunchTemplate {
        images = List.copyOf(images);
        if (images.isEmpty() || defaultVersion < 1 || defaultVersion > images.size()) {
            throw new IllegalArgumentException(
                    "launch template %s: default version %d of %d".formatted(id, defaultVersion, images.size()));
        }
    }

    public long latestVersion() {
        return images.size();
    }

    /** Whether it has that version: a number of one, {@code $Latest} or {@code $Default}. */
    public boolean has(String version) {
        return version.startsWith("$")
                ? List.of("$Latest", "$Default").contains(version)
                : version.matches("[1-9]\\d{0,8}") && Long.parseLong(version) <= latestVersion();
    }

    /** The number that the version stands for now. */
    public long number(String version) {
        return switch (version) {
            case "$Latest" -> latestVersion();
            case "$Default" -> defaultVersion;
            default -> Long.parseLong(version);
        };
    }

    LaunchTemplate with(String image) {
        List<String> more = new java.util.ArrayList<>(images);
        more.add(image);
        return new LaunchTemplate(id, name, more, defaultVersion);
    }
}
