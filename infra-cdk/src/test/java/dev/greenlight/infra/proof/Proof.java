package dev.greenlight.infra.proof;

import dev.greenlight.sandbox.iam.Ask;
import dev.greenlight.sandbox.iam.Recording;
import dev.greenlight.sandbox.iam.Role;
import dev.greenlight.sandbox.iam.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the recorded calls say of an installation's roles. <em>Denied</em> is what was asked for and is not allowed. <em>Unused</em> is an action on a
 * resource that could be taken from its statement without one recorded call noticing: also what another statement allows as well.
 *
 * @param faults everything that is wrong, in words
 */
record Proof(String installation, List<Row> rows, List<String> faults) {

    /**
     * One function.
     *
     * @param calls how many calls were recorded
     * @param asks how many different things they asked for
     */
    record Row(String function, int statements, long calls, int asks, int denied, int unused) {}

    /** One action on one resource of one statement. */
    private record Part(Statement part) {

        String action() {
            return part.actions().getFirst();
        }

        String resource() {
            return part.resources().getFirst();
        }

        /** Whether the table of what no call shows means this one. */
        boolean is(Unseen.Row row, Installation installation, String function) {
            return row.names(part.sid(), action(), resource(), installation, function);
        }

        @Override
        public String toString() {
            return "%s: %s on %s".formatted(part.sid(), action(), resource());
        }
    }

    static Proof of(Installation installation, List<Recording.Entry> recorded, Unseen unseen) {
        List<Row> rows = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        installation.functions().forEach((function, role) -> {
            List<Recording.Entry> own = recorded.stream()
                    .filter(e -> e.installation().equals(installation.name())
                            && e.function().equals(function))
                    .toList();
            rows.add(row(installation, function, role, own, unseen, faults));
        });
        return new Proof(installation.name(), rows, faults);
    }

    private static Row row(
            Installation installation,
            String function,
            Role role,
            List<Recording.Entry> recorded,
            Unseen unseen,
            List<String> faults) {
        List<Ask> asks = recorded.stream()
                .map(e -> installation.references().physical(e.ask()))
                .toList();
        List<Part> parts = role.statements().stream()
                .flatMap(s -> s.parts().map(Part::new))
                .toList();
        String name = installation.shortName(function);
        List<Ask> denied = asks.stream().filter(ask -> !role.allows(ask)).toList();
        denied.forEach(ask -> faults.add("%s is denied %s".formatted(function, ask)));
        List<Unseen.Row> rows = unseen.of(name, installation.name());
        for (Unseen.Row listed : rows) {
            long there = parts.stream()
                    .filter(p -> p.is(listed, installation, function))
                    .count();
            if (there != listed.times()) {
                faults.add("%s has %s: %s on %s %d times, the table says that it needs it %d times"
                        .formatted(
                                function,
                                listed.statement(),
                                listed.action(),
                                listed.resource(),
                                there,
                                listed.times()));
            }
        }
        Set<Integer> needed = needed(parts, asks);
        int unused = 0;
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            boolean listed = rows.stream().anyMatch(row -> part.is(row, installation, function));
            if (listed && needed.contains(i)) {
                faults.add("%s: calls show %s, it need not stand in the table".formatted(function, part));
            } else if (!listed && !needed.contains(i)) {
                faults.add("%s does not need %s".formatted(function, part));
                unused++;
            }
        }
        long calls = recorded.stream().mapToLong(Recording.Entry::calls).sum();
        return new Row(function, role.statements().size(), calls, asks.size(), denied.size(), unused);
    }

    /** The parts without which an ask would be denied: the only ones that allow it. */
    private static Set<Integer> needed(List<Part> parts, List<Ask> asks) {
        Set<Integer> needed = new HashSet<>();
        for (Ask ask : asks) {
            List<Integer> allowing = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i).part().allows(ask)) {
                    allowing.add(i);
                }
            }
            if (allowing.size() == 1) {
                needed.add(allowing.getFirst());
            }
        }
        return needed;
    }

    /** The table that a person reads. */
    String table() {
        StringBuilder table = new StringBuilder("%n%-40s %10s %10s %10s %8s %8s%n"
                .formatted(installation, "statements", "calls", "asks", "denied", "unused"));
        rows.forEach(r -> table.append("%-40s %10d %,10d %10d %8d %8d%n"
                .formatted(r.function(), r.statements(), r.calls(), r.asks(), r.denied(), r.unused())));
        return table.toString();
    }
}
