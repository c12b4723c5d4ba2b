package dev.greenlight.cli.simulate;

import dev.greenlight.sandbox.fault.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The window that docs/adr/0013 leaves open: between a call's last reading of the rule and its write somebody else writes. The write that
 * follows is nobody's fault; that users do not stay where it sent them is asked instead.
 */
final class Window {

    /** Whoever wrote sees it in the same call; where that dies, Sweep sees it within a minute, or when what is down is back. */
    private static final Duration HEALED = Duration.ofMinutes(10);

    private static final Set<String> READS = Set.of("DescribeRules", "DescribeTags");

    private final Rulings rulings;
    private final Map<String, Long> read = new HashMap<>();
    /** Whose two writes to two rules somebody overtook: it reads after the second one. */
    private final Set<String> late = new HashSet<>();

    private String writer = "";
    private long written;
    private Optional<Instant> overtaken = Optional.empty();

    Window(Rulings rulings) {
        this.rulings = rulings;
    }

    /** A function's call is over. */
    void called(Call call) {
        if (READS.contains(call.operation())) {
            read.put(call.invocation(), call.sequence());
            late.remove(call.invocation());
        }
    }

    /** Whether it is a write that somebody overtook, who took the rollout back. */
    boolean isOpenFor(Written write) {
        boolean other = !writer.equals(write.call().invocation())
                && written > read.getOrDefault(write.call().invocation(), Long.MAX_VALUE);
        return (other || late.contains(write.call().invocation()))
                && write.call().operation().equals("ModifyRule");
    }

    /** A function wrote. */
    void wrote(Written write) {
        boolean open = isOpenFor(write);
        if (open) {
            late.add(write.call().invocation());
        }
        // Also where its writer died of it, or never heard that it was done.
        boolean done =
                write.moved() || !write.before().tags().equals(write.now().tags());
        if (done) {
            writer = write.call().invocation();
            written = write.call().sequence();
        }
        // A first release that users were given in it stays: there is nothing better for them.
        boolean users = write.now()
                .latest()
                .filter(rollout -> rollout.blue().isPresent())
                .filter(rollout -> write.now().side(rollout.green()).hasUsers())
                .isPresent();
        if (open && users) {
            overtaken = Optional.of(write.now().at());
        } else if (overtaken.isPresent() && !users) {
            Duration took = Duration.between(overtaken.get(), write.now().at());
            overtaken = Optional.empty();
            rulings.holds(
                    5,
                    took.compareTo(HEALED) <= 0,
                    write.call(),
                    () -> "for %d s users were where a write in the window sent them".formatted(took.toSeconds()));
        }
    }

    /** The invocation has ended. */
    void over(String invocation) {
        read.remove(invocation);
        late.remove(invocation);
    }
}
