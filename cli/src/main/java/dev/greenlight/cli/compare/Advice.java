package dev.greenlight.cli.compare;

import java.util.List;

/**
 * What a team has to know of a strategy to choose it.
 *
 * @param does what happens to users
 * @param choose for whom it is
 * @param mind what it costs them
 */
public record Advice(String strategy, String does, String choose, String mind) {

    private static final List<Advice> ALL = List.of(
            new Advice(
                    "in-place",
                    "CodeDeploy replaces the version on the running fleet, on all instances at once.",
                    "for what nobody waits for: an internal tool, a test environment.",
                    "Users see errors while it is replaced, and the way back is another replacement: one call until eight hours after its promotion, later a merge of what was there before."),
            new Advice(
                    "recreate",
                    "The fleet goes to zero, then the new version comes up.",
                    "for what cannot run in two versions at the same time, such as a schema that only one of them understands.",
                    "It is down from the first to the last, for an announced time. The way back is as long."),
            new Advice(
                    "rolling",
                    "One fleet, one Availability Zone after the other: each is drained, replaced, checked, and serves again.",
                    "for a fleet that is too large to have twice, with a version that gets on with the one before.",
                    "Both versions answer for as long as it takes, and so does the way back."),
            new Advice(
                    "blue-green",
                    "A second fleet is made ready and looked at apart from users; then one write gives it all of them.",
                    "unless something below speaks to you: nobody meets two versions, and the way back is one write.",
                    "A version that is bad only under traffic meets everybody until its checks say so, and two fleets are paid for until the old one is retired."),
            new Advice(
                    "canary",
                    "As blue-green, but growing shares of users come to the new version, and its checks are asked at each.",
                    "where a bad version costs more than a slow release, and there are enough requests that a small share tells.",
                    "Both versions answer while the shares grow, so they must get on with each other. A share of few requests says little."),
            new Advice(
                    "linear",
                    "As a canary, in equal steps at equal intervals.",
                    "where the new version must warm up, caches above all, or where nobody can say which first share would be right.",
                    "Its first step is larger than a canary's, and so is the number of those who meet a bad version."),
            new Advice(
                    "a-b",
                    "A share of them that stays where it is, or an audience whose requests say so, meets the new version for days; then both sides are compared.",
                    "for a question about people, not about errors: which of two versions serves them better.",
                    "Two fleets for days, two versions for days, and an answer only if the share is large enough."),
            new Advice(
                    "shadow",
                    "Real requests are copied to the new version, whose answers nobody sees and which are compared with those of the old.",
                    "for a rewrite, or for what must be right before its first user: reads that can be asked twice.",
                    "What is copied is done twice, downstream too, by an nginx before the application. It says nothing of writes, which are not copied."));

    /** Of all strategies that people compare, in their order. */
    public static List<Advice> all() {
        return ALL;
    }

    /** Of the strategy. */
    public static Advice of(String strategy) {
        return ALL.stream()
                .filter(advice -> advice.strategy().equals(strategy))
                .findFirst()
                .orElseThrow();
    }
}
