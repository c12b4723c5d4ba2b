package dev.greenlight.cli.compare;

import dev.greenlight.service.Config;
import dev.greenlight.service.ConfigFault;
import dev.greenlight.service.ConfigReader;
import dev.greenlight.service.Trial;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One strategy that is compared, by the example that users start from.
 *
 * @param name as greenlight.yaml's {@code strategy.kind} says it
 * @param config the service that all of them release, with this strategy
 */
public record Contender(String name, Config config) {

    /** The waits of an example last this part of what it says, though no less than {@link #SHORTEST} and no more than {@link #LONGEST}. */
    public static final int SHORTENED = 4;

    /** What is shorter already stays as it is. */
    static final Duration SHORTEST = Duration.ofMinutes(1);

    /** Days are the same as minutes to who waits only for them to pass. */
    static final Duration LONGEST = Duration.ofMinutes(10);

    /** What a test of minutes asks for at its end: that many requests to either side, and no more than so many times the latency. */
    private static final int REQUESTS = 100;

    private static final double LATENCIES = 10;

    private record Entry(String name, String example) {}

    /** One line for each strategy that there is, in the order of the table. */
    private static final List<Entry> ENTRIES = List.of(
            new Entry("in-place", "in-place"),
            new Entry("recreate", "recreate"),
            new Entry("rolling", "rolling"),
            new Entry("blue-green", "smallest"),
            new Entry("canary", "canary"),
            new Entry("linear", "linear"),
            new Entry("a-b", "a-b-share"),
            new Entry("shadow", "shadow"));

    private static final String SHOP = "shop";

    /** The names of all of them, in the order of the table. */
    public static List<String> names() {
        return ENTRIES.stream().map(Entry::name).toList();
    }

    /** The contender of that name; empty where there is none. */
    public static Optional<Contender> named(String name) {
        return ENTRIES.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .map(Contender::of);
    }

    private static Contender of(Entry entry) {
        Config example = read(entry.example()).waiting(Contender::shorter);
        Config shop = read(SHOP);
        return new Contender(
                entry.name(),
                shop.on(shop.fleet().copying(example.fleet().mirror()))
                        .releasing(new Config.Strategy(
                                tested(example.strategy().traffic()),
                                example.strategy().bake())));
    }

    /** A test of minutes has fewer requests than one of days, nobody orders anything, and this machine's own load is in each latency. */
    private static Config.Traffic tested(Config.Traffic traffic) {
        return traffic instanceof Config.Traffic.AbTest tried
                ? new Config.Traffic.AbTest(tried.test()
                        .unmeasured()
                        .heldTo(new Trial.Bar(tried.test().bar().errorShare(), LATENCIES, REQUESTS)))
                : traffic;
    }

    private static Duration shorter(Duration wait) {
        if (wait.compareTo(SHORTEST) < 0) {
            return wait;
        }
        Duration shorter = wait.dividedBy(SHORTENED);
        if (shorter.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return shorter.compareTo(LONGEST) > 0 ? LONGEST : shorter;
    }

    private static Config read(String example) {
        String file = example + ".yaml";
        try (InputStream text = Contender.class.getResourceAsStream(file)) {
            if (text == null) {
                throw new IllegalStateException("the example %s is not on the class path".formatted(file));
            }
            return ConfigReader.read(file, new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        } catch (ConfigFault e) {
            throw new IllegalStateException("an example is refused", e);
        }
    }
}
