package dev.greenlight.cli.simulate;

import java.time.Duration;
import java.util.List;

/** What the mishaps of a life hold up, and for how long at most. */
final class Holdups {

    /** In how many calls a phase comes to its verdict: three readings that count, and those before. */
    private static final int OFFERS = 5;

    /** From the first try of an asynchronous invocation until its third ("How Lambda handles errors and retries with asynchronous invocation"). */
    private static final Duration ALL_TRIES = Duration.ofMinutes(3);

    private final List<Mishap> mishaps;

    Holdups(List<Mishap> mishaps) {
        this.mishaps = mishaps;
    }

    /** For how long mishaps may hold a rollout up in all. */
    Duration delay() {
        Duration delay = Duration.ZERO;
        for (Mishap mishap : mishaps) {
            delay = delay.plus(
                    switch (mishap) {
                        case Mishap.Away away -> away.lasts();
                        case Mishap.Delivery delivery -> late(delivery);
                        case Mishap.SilentAgents silent -> silent.lasts();
                        case Mishap.Again again -> Duration.ZERO;
                        case Mishap.Crash crash -> Duration.ofMinutes(1);
                        case Mishap.Failure failure -> Duration.ofMinutes(1);
                        case Mishap.Between between -> Duration.ZERO;
                        case Mishap.InTheWindow window -> Duration.ZERO;
                        case Mishap.StaleReads stale -> Duration.ZERO;
                        case Mishap.WrongLastRevision wrong -> Duration.ZERO;
                        case Mishap.Skew skew -> skew.ahead().abs();
                    });
        }
        return delay;
    }

    /** A job is offered to a phase again and again, and each offer may come late. */
    private static Duration late(Mishap.Delivery delivery) {
        boolean eachOffer = delivery.carrier() == Mishap.Carrier.INVOCATIONS
                && (delivery.disorder() == Mishap.Disorder.LATE || delivery.disorder() == Mishap.Disorder.SWAPPED);
        // What comes twice has come in time as well.
        boolean inTime = delivery.disorder() == Mishap.Disorder.TWICE;
        return eachOffer ? delivery.by().multipliedBy(OFFERS) : inTime ? Duration.ZERO : delivery.by();
    }

    /** Whether CodePipeline could not be told a job's answer in any of the tries that Lambda makes. */
    boolean makeThePipelineDeaf() {
        return mishaps.stream()
                .anyMatch(mishap -> mishap instanceof Mishap.Away away
                        && away.service().equals("codepipeline")
                        && away.lasts().compareTo(ALL_TRIES) >= 0);
    }

    /** Whether what is to be delivered never arrives, as an event may. */
    boolean loseEvents() {
        return mishaps.stream()
                .anyMatch(mishap ->
                        mishap instanceof Mishap.Delivery delivery && delivery.disorder() == Mishap.Disorder.LOST);
    }
}
