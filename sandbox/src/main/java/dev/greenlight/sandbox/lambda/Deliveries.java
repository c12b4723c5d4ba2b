package dev.greenlight.sandbox.lambda;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * When, and how often, what was promised to arrive does arrive: the queue of asynchronous invocations, the scheduler, the event bus.
 *
 * <p>Each delivers what it got once and at once until a {@linkplain #plan plan} says otherwise. At-least-once queues may deliver late,
 * twice and out of order; only a best-effort bus may be told to lose something.
 */
public final class Deliveries {

    private final boolean mayLose;
    private final AtomicReference<Plan> plan = new AtomicReference<>(delivery -> List.of(Duration.ZERO));

    /** A queue that delivers everything, in the end. */
    public static Deliveries atLeastOnce() {
        return new Deliveries(false);
    }

    /** A bus that may lose things. */
    public static Deliveries bestEffort() {
        return new Deliveries(true);
    }

    private Deliveries(boolean mayLose) {
        this.mayLose = mayLose;
    }

    /**
     * One thing to deliver.
     *
     * @param to the function's name
     * @param number how many things this queue was given before
     * @param payload what is delivered, as text
     */
    public record Delivery(String to, long number, String payload) {}

    /** Says after which delays something is delivered: one for each time that it arrives, none for a loss. */
    @FunctionalInterface
    public interface Plan {
        List<Duration> delays(Delivery delivery);

        /** Everything arrives twice, the second time so much later. */
        static Plan twice(Duration later) {
            return delivery -> List.of(Duration.ZERO, later);
        }

        /** Everything arrives late. */
        static Plan late(Duration by) {
            return delivery -> List.of(by);
        }

        /** Every other thing arrives after its successor, if that comes within the time given. */
        static Plan swapped(Duration within) {
            return delivery -> List.of(delivery.number() % 2 == 0 ? within : Duration.ZERO);
        }

        /** Nothing arrives. */
        static Plan lost() {
            return delivery -> List.of();
        }
    }

    /** From now on things are delivered so. */
    public void plan(Plan newPlan) {
        plan.set(Objects.requireNonNull(newPlan, "plan"));
    }

    /**
     * The delays of one thing.
     *
     * @throws IllegalStateException when the plan loses what this queue promises to deliver
     */
    public List<Duration> delays(Delivery delivery) {
        List<Duration> delays = plan.get().delays(delivery);
        if (delays.isEmpty() && !mayLose) {
            throw new IllegalStateException("this queue delivers at least once, the plan would lose number "
                    + delivery.number() + " to " + delivery.to());
        }
        return delays;
    }
}
