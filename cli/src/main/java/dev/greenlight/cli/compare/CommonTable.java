package dev.greenlight.cli.compare;

import static dev.greenlight.cli.compare.Claim.atLeast;
import static dev.greenlight.cli.compare.Claim.atMost;
import static dev.greenlight.cli.compare.Claim.between;
import static dev.greenlight.cli.compare.Claim.said;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table that everyone copies: what people say of each strategy, in the columns that are measured here. */
public final class CommonTable {

    /** What people call instant, or fast, or slow: seconds for a way back, minutes for a release. */
    private static final double INSTANT_SECONDS = 5;

    private static final double SLOW_SECONDS = 20;
    private static final double FAST_MINUTES = 5;
    private static final double SLOW_MINUTES = 10;

    /** Two versions at the same time for less than this is none: requests that were under way. */
    private static final double MOMENT_SECONDS = 1;

    private static final double EVERYBODY = 0.98;
    private static final double FEW = 0.3;

    private static final String FULL_SIZE =
            "Green has the size that the traffic needs before its first user comes, and the old fleet stays whole until it is"
                    + " retired: that is what makes the way back one write. Most of what it costs is how long it stays: blueLifetime.";
    private static final String FLEET_FIRST =
            "The switch is one write. What takes its time is the fleet behind it, which boots, installs and passes its checks first,"
                    + " and the bake, during which it is watched under all traffic.";
    private static final String COUNTED_LATER =
            "People count the installation, which takes a minute or two. Before it comes the build, and after it the bake: it is promoted when"
                    + " it has been watched under all traffic.";
    private static final String SAME_INSTANCES =
            "People count a release. Here the call itself begins the installation of what was there before, on instances that stand already;"
                    + " nobody is answered while it goes on.";
    private static final String OWN_SECOND =
            "Instances stop and start each in a second of its own, and while they do, both versions answer.";

    private static final Map<String, Map<Figure, Claim>> CLAIMS = new LinkedHashMap<>();

    static {
        says("in-place")
                .lost(atLeast(1, "some"))
                .downtime(atLeast(0.001, "yes"))
                .mixed(atMost(MOMENT_SECONDS, "no").but(OWN_SECOND))
                .wayBack(atLeast(SLOW_SECONDS, "slow").but(SAME_INSTANCES))
                .exposure(atLeast(EVERYBODY, "everybody"))
                .release(atMost(FAST_MINUTES, "fast").but(COUNTED_LATER))
                .extra(atMost(0, "none"))
                .calls(said("simple"));
        says("recreate")
                .lost(atLeast(1, "some"))
                .downtime(atLeast(0.001, "yes"))
                .mixed(atMost(0, "never"))
                .wayBack(atLeast(SLOW_SECONDS, "slow"))
                .exposure(atLeast(EVERYBODY, "everybody"))
                .release(atMost(FAST_MINUTES, "fast").but(COUNTED_LATER))
                .extra(atMost(0, "none"))
                .calls(said("simple"));
        says("rolling")
                .lost(atMost(0, "none"))
                .downtime(atMost(0, "no"))
                .mixed(atLeast(MOMENT_SECONDS, "yes"))
                .wayBack(atLeast(SLOW_SECONDS, "slow"))
                .exposure(between(0, EVERYBODY, "grows"))
                .release(atLeast(SLOW_MINUTES, "slow"))
                .extra(atMost(0, "none"))
                .calls(said("moderate"));
        says("blue-green")
                .lost(atMost(0, "none"))
                .downtime(atMost(0, "no"))
                .mixed(atMost(MOMENT_SECONDS, "no"))
                .wayBack(atMost(INSTANT_SECONDS, "instant"))
                .exposure(atLeast(EVERYBODY, "everybody"))
                .release(atMost(FAST_MINUTES, "fast").but(FLEET_FIRST))
                .extra(atLeast(0.001, "double"))
                .calls(said("moderate"));
        says("canary")
                .lost(atMost(0, "none"))
                .downtime(atMost(0, "no"))
                .mixed(atLeast(MOMENT_SECONDS, "yes"))
                .wayBack(atMost(INSTANT_SECONDS, "fast"))
                .exposure(between(0, FEW, "a few"))
                .release(atLeast(SLOW_MINUTES, "slow"))
                .extra(atMost(1, "little").but(FULL_SIZE))
                .calls(said("complex"));
        says("linear")
                .lost(atMost(0, "none"))
                .downtime(atMost(0, "no"))
                .mixed(atLeast(MOMENT_SECONDS, "yes"))
                .wayBack(atMost(INSTANT_SECONDS, "fast"))
                .exposure(between(0, EVERYBODY, "grows"))
                .release(atLeast(SLOW_MINUTES, "slow"))
                .extra(atMost(1, "little").but(FULL_SIZE))
                .calls(said("complex"));
        says("a-b")
                .lost(atMost(0, "none"))
                .downtime(atMost(0, "no"))
                .mixed(atLeast(MOMENT_SECONDS, "for days"))
                .wayBack(atMost(INSTANT_SECONDS, "fast"))
                .exposure(between(0, FEW, "audience"))
                .release(atLeast(SLOW_MINUTES, "days"))
                .extra(atLeast(0.001, "double"))
                .calls(said("complex"));
        says("shadow")
                .lost(atMost(0, "none"))
                .downtime(atMost(0, "no"))
                .mixed(atMost(MOMENT_SECONDS, "no"))
                .wayBack(atMost(INSTANT_SECONDS, "instant"))
                .exposure(atMost(0, "nobody"))
                .release(atLeast(SLOW_MINUTES, "slow"))
                .extra(atLeast(0.001, "double"))
                .calls(said("complex"));
    }

    private CommonTable() {}

    /** All strategies that people compare, in the order in which they do; not all of them need be on offer. */
    public static List<String> strategies() {
        return List.copyOf(CLAIMS.keySet());
    }

    /** What people say of the strategy in that column. */
    public static Claim of(String strategy, Figure figure) {
        return CLAIMS.get(strategy).get(figure);
    }

    private static Row says(String strategy) {
        Map<Figure, Claim> claims = new EnumMap<>(Figure.class);
        CLAIMS.put(strategy, claims);
        return new Row(claims);
    }

    /** One strategy's row while it is written down. */
    private record Row(Map<Figure, Claim> claims) {

        Row lost(Claim claim) {
            return put(Figure.REQUESTS_LOST, claim);
        }

        Row downtime(Claim claim) {
            return put(Figure.DOWNTIME_SECONDS, claim);
        }

        Row mixed(Claim claim) {
            return put(Figure.MIXED_SECONDS, claim);
        }

        Row wayBack(Claim claim) {
            return put(Figure.ROLLBACK_SECONDS, claim);
        }

        Row exposure(Claim claim) {
            return put(Figure.BAD_VERSION_SHARE, claim);
        }

        Row release(Claim claim) {
            return put(Figure.RELEASE_MINUTES, claim);
        }

        Row extra(Claim claim) {
            return put(Figure.EXTRA_INSTANCE_HOURS, claim);
        }

        Row calls(Claim claim) {
            return put(Figure.AWS_CALLS, claim);
        }

        private Row put(Figure figure, Claim claim) {
            claims.put(figure, claim);
            return this;
        }
    }
}
