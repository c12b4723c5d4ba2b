package dev.greenlight.sandbox.codedeploy;

import dev.greenlight.sandbox.codedeploy.AppSpec.Copy;
import dev.greenlight.sandbox.codedeploy.AppSpec.Hook;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads an {@code appspec.yml} and collects all that is wrong with it before it gives up. */
final class AppSpecReader {

    /** The default of one script and the limit of all scripts of one event. */
    static final Duration LONGEST_EVENT = Duration.ofSeconds(3600);

    private final List<String> faults = new ArrayList<>();

    private AppSpecReader() {}

    static AppSpec read(String yaml) throws AppSpec.Invalid {
        AppSpecReader reader = new AppSpecReader();
        AppSpec spec = reader.spec(load(yaml));
        if (!reader.faults.isEmpty()) {
            throw new AppSpec.Invalid(reader.faults);
        }
        return spec;
    }

    private static Object load(String yaml) throws AppSpec.Invalid {
        try {
            return new Load(LoadSettings.builder().build()).loadFromString(yaml);
        } catch (YamlEngineException e) {
            throw new AppSpec.Invalid(
                    List.of("not YAML: " + e.getMessage().lines().findFirst().orElse("")));
        }
    }

    private AppSpec spec(Object root) {
        Map<?, ?> map = map("the file", root);
        Object version = map.get("version");
        // The one version there is, written as a number or as text.
        if (version == null || !String.valueOf(version).equals("0.0")) {
            faults.add("version must be 0.0, is " + version);
        }
        if (!"linux".equals(map.get("os"))) {
            faults.add("os must be linux, is " + map.get("os"));
        }
        return new AppSpec(files(map.get("files")), hooks(map.get("hooks")));
    }

    private List<Copy> files(Object files) {
        List<Copy> copies = new ArrayList<>();
        List<?> entries = list("files", files);
        for (int i = 0; i < entries.size(); i++) {
            String at = "files[" + i + "]";
            Map<?, ?> entry = map(at, entries.get(i));
            String source = text(at + ".source", entry.get("source"));
            String destination = text(at + ".destination", entry.get("destination"));
            if (!destination.isEmpty() && !destination.startsWith("/")) {
                faults.add(at + ".destination must be absolute, is " + destination);
            }
            copies.add(new Copy(source, destination));
        }
        return copies;
    }

    private Map<String, List<Hook>> hooks(Object hooks) {
        Map<String, List<Hook>> byEvent = new LinkedHashMap<>();
        Map<?, ?> events = hooks == null ? Map.of() : map("hooks", hooks);
        events.forEach((name, scripts) -> {
            String event = String.valueOf(name);
            if (!AppSpec.SCRIPTABLE.contains(event) && !AppSpec.WITH_TRAFFIC_CONTROL.contains(event)) {
                faults.add("hooks." + event + " is no event that scripts can hang on");
            }
            byEvent.put(event, scripts("hooks." + event, scripts));
        });
        return byEvent;
    }

    private List<Hook> scripts(String at, Object scripts) {
        List<Hook> hooks = new ArrayList<>();
        List<?> entries = list(at, scripts);
        Duration sum = Duration.ZERO;
        for (int i = 0; i < entries.size(); i++) {
            String here = at + "[" + i + "]";
            Map<?, ?> entry = map(here, entries.get(i));
            Duration timeout = timeout(here + ".timeout", entry.get("timeout"));
            if (entry.get("timeout") != null) {
                sum = sum.plus(timeout);
            }
            hooks.add(new Hook(inBundle(text(here + ".location", entry.get("location"))), timeout));
        }
        if (sum.compareTo(LONGEST_EVENT) > 0) {
            faults.add(at + " may take " + sum.toSeconds() + " s, more than " + LONGEST_EVENT.toSeconds());
        }
        return hooks;
    }

    /** The agent takes locations from the bundle's root, however they are written. */
    private static String inBundle(String location) {
        String relative = location.startsWith("/") ? location.substring(1) : location;
        return Path.of(relative).normalize().toString().replace('\\', '/');
    }

    private Duration timeout(String at, Object value) {
        if (value == null) {
            return LONGEST_EVENT;
        }
        try {
            long seconds = Long.parseLong(String.valueOf(value));
            if (seconds > 0) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException e) {
            // said below, together with numbers that are too small
        }
        faults.add(at + " must be a positive number of seconds, is " + value);
        return LONGEST_EVENT;
    }

    private String text(String at, Object value) {
        if (value == null || String.valueOf(value).isBlank()) {
            faults.add(at + " is missing");
            return "";
        }
        return String.valueOf(value);
    }

    private List<?> list(String at, Object value) {
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        faults.add(at + " must be a list");
        return List.of();
    }

    private Map<?, ?> map(String at, Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        faults.add(at + " must be a map");
        return Map.of();
    }
}
