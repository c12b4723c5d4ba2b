package dev.greenlight.cli.simulate;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.sandbox.fault.Fault;
import dev.greenlight.sandbox.lambda.Deliveries;
import java.time.Duration;
import java.util.List;

/** What AWS does wrong in a life. Calls are counted from the life's beginning, and only those that functions make. */
sealed interface Mishap {

    /** Gets ready to happen. */
    void begin(Place place);

    /** What is counted together in a run's findings. */
    String kind();

    /** Mishaps that are like this one, and less. */
    default List<Mishap> simpler() {
        return List.of();
    }

    /** The process that makes a call dies. */
    record Crash(int call, Fault.Moment moment) implements Mishap {
        @Override
        public void begin(Place place) {
            place.platform().crash(call, moment);
        }

        @Override
        public String kind() {
            return "a crash " + (moment == Fault.Moment.BEFORE ? "before" : "after") + " a call";
        }

        @Override
        public String toString() {
            return "the process dies %s call %d".formatted(moment == Fault.Moment.BEFORE ? "before" : "after", call);
        }
    }

    /** How a call goes wrong. */
    enum Trouble {
        THROTTLED("throttled", Fault.refused("ThrottlingException", 400, "Rate exceeded")),
        UNAVAILABLE("answered with 503", Fault.unavailable()),
        FAILED_AFTERWARDS("done, and answered with 500", Fault.failedAfterwards()),
        ANSWER_LOST("done, and the answer is lost", Fault.lostAnswer()),
        NO_CONNECTION("never made: no connection", Fault.noConnection());

        private final String words;
        private final Fault fault;

        Trouble(String words, Fault fault) {
            this.words = words;
            this.fault = fault;
        }

        Fault fault() {
            return fault;
        }
    }

    /** Some calls go wrong, one after the other. */
    record Failure(int call, int times, Trouble trouble) implements Mishap {
        @Override
        public void begin(Place place) {
            place.platform().fail(call, times, trouble);
        }

        @Override
        public String kind() {
            return "a call that is " + trouble.words;
        }

        @Override
        public List<Mishap> simpler() {
            return times > 1
                    ? List.of(new Failure(call, 1, trouble), new Failure(call, times - 1, trouble))
                    : List.of();
        }

        @Override
        public String toString() {
            return times == 1
                    ? "call %d is %s".formatted(call, trouble.words)
                    : "calls %d to %d are %s".formatted(call, call + times - 1, trouble.words);
        }
    }

    /** Who comes between two calls of a function. */
    enum Comer {
        A_ROLLBACK("a person's rollback"),
        SWEEP("Sweep");

        private final String words;

        Comer(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** While a function is at work, another one does all of its own. */
    record Between(int call, Comer comer) implements Mishap {
        @Override
        public void begin(Place place) {
            place.platform().between(call, comer);
        }

        @Override
        public String kind() {
            return comer + " between two calls of a function";
        }

        @Override
        public String toString() {
            return "%s comes right before call %d of a function that is at work".formatted(comer, call);
        }
    }

    /** The same in the one moment that docs/adr/0013 leaves open: after the last reading of the rule, right before it is written. */
    record InTheWindow(int write, Comer comer) implements Mishap {
        @Override
        public void begin(Place place) {
            place.platform().inTheWindow(write, comer);
        }

        @Override
        public String kind() {
            return comer + " right before the rule is written";
        }

        @Override
        public String toString() {
            return "%s comes right before the rule is written, the %d. time".formatted(comer, write);
        }
    }

    /** A service answers nothing but 503 for a while. */
    record Away(String service, Duration from, Duration lasts) implements Mishap {
        @Override
        public void begin(Place place) {
            place.platform().away(service, from, lasts);
        }

        @Override
        public String kind() {
            return service.equals("dynamodb") ? "a store that is down" : "a service that is down";
        }

        @Override
        public List<Mishap> simpler() {
            return lasts.compareTo(Duration.ofMinutes(1)) > 0
                    ? List.of(new Away(service, from, lasts.dividedBy(2)))
                    : List.of();
        }

        @Override
        public String toString() {
            return "%s is down from %s for %s".formatted(service, Scene.time(from), Scene.time(lasts));
        }
    }

    /** Who delivers. */
    enum Carrier {
        INVOCATIONS("invocations"),
        EVENTS("events"),
        SCHEDULES("schedules");

        private final String words;

        Carrier(String words) {
            this.words = words;
        }
    }

    /** What becomes of what is delivered. */
    enum Disorder {
        TWICE("arrive twice"),
        LATE("arrive late"),
        SWAPPED("arrive in another order"),
        LOST("are lost");

        private final String words;

        Disorder(String words) {
            this.words = words;
        }

        Deliveries.Plan plan(Duration by) {
            return switch (this) {
                case TWICE -> Deliveries.Plan.twice(by);
                case LATE -> Deliveries.Plan.late(by);
                case SWAPPED -> Deliveries.Plan.swapped(by);
                case LOST -> Deliveries.Plan.lost();
            };
        }
    }

    /** What is delivered comes twice, late, in another order or never, from the beginning to the end of the story. */
    record Delivery(Carrier carrier, Disorder disorder, Duration by) implements Mishap {
        @Override
        public void begin(Place place) {
            place.platform().deliver(carrier, disorder, by);
        }

        @Override
        public String kind() {
            return carrier.words + " that " + disorder.words;
        }

        @Override
        public String toString() {
            return disorder == Disorder.LOST ? kind() : "%s, by %d s".formatted(kind(), by.toSeconds());
        }
    }

    /** One event of a function's queue arrives twice; the first of a life has number 0. */
    record Again(int number, Duration later) implements Mishap {
        @Override
        public void begin(Place place) {
            place.platform().again(number, later);
        }

        @Override
        public String kind() {
            return "an invocation that comes twice";
        }

        @Override
        public String toString() {
            return "event %d arrives twice, %d s apart".formatted(number, later.toSeconds());
        }
    }

    /** What is read of the load balancer lags behind what was written. */
    record StaleReads(String operation, Duration age) implements Mishap {
        @Override
        public void begin(Place place) {
            place.platform().stale(operation, age);
        }

        @Override
        public String kind() {
            return "reads that lag";
        }

        @Override
        public String toString() {
            return "%s shows what was true %d s ago".formatted(operation, age.toSeconds());
        }
    }

    /** CodeDeploy is stuck: its agents start nothing for a while. */
    record SilentAgents(Duration from, Duration lasts) implements Mishap {
        @Override
        public void begin(Place place) {
            place.platform().silence(from, lasts);
        }

        @Override
        public String kind() {
            return "agents of CodeDeploy that are silent";
        }

        @Override
        public String toString() {
            return "CodeDeploy's agents are silent from %s for %s".formatted(Scene.time(from), Scene.time(lasts));
        }
    }

    /** What a fleet's deployment group takes for its last good revision is a broken one: what is launched into it gets that first. */
    record WrongLastRevision(FleetName fleet) implements Mishap {
        @Override
        public void begin(Place place) {
            place.platform().lastRevision(fleet);
        }

        @Override
        public String kind() {
            return "a scale-out with the wrong last revision";
        }

        @Override
        public String toString() {
            return "CodeDeploy believes that fleet %s last ran a revision whose zip has expired".formatted(fleet);
        }
    }

    /** The functions' clock is not the platform's. */
    record Skew(Duration ahead) implements Mishap {
        @Override
        public void begin(Place place) {
            place.platform().skewed(ahead);
        }

        @Override
        public String kind() {
            return "clocks that differ";
        }

        @Override
        public String toString() {
            return "the functions' clock is %d s %s"
                    .formatted(Math.abs(ahead.toSeconds()), ahead.isNegative() ? "behind" : "ahead");
        }
    }
}
