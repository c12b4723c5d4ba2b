package dev.greenlight.usecase;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.rollout.Former;
import dev.greenlight.domain.rollout.Launches;
import dev.greenlight.domain.rollout.Observation;
import dev.greenlight.domain.rollout.OneFleet;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Pins;
import dev.greenlight.domain.rollout.Recreation;
import dev.greenlight.domain.rollout.Revision;
import dev.greenlight.domain.rollout.Roles;
import dev.greenlight.domain.rollout.Rolling;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.Shadow;
import dev.greenlight.domain.rollout.Sizing;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.domain.strategy.Step;
import dev.greenlight.domain.strategy.Strategy;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.port.Fleets;
import dev.greenlight.port.Installer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a rollout begins with, as its strategy and what is known of its fleets have it: their roles, sizes and launch sources, its steps. */
final class Plan {

    /** What nobody remembers a name of. */
    private static final String UNNAMED = "what served before";

    private final Installer installer;
    private final Terms terms;

    Plan(Installer installer, Terms terms) {
        this.installer = installer;
        this.terms = terms;
    }

    /**
     * What one call knows before a rollout begins.
     *
     * @param latest the rollout before it
     * @param unsettled the same, where it has something left
     */
    record Known(
            Optional<Rollout> latest,
            Optional<Rollout> unsettled,
            Observation seen,
            Map<FleetName, Fleets.Group> groups) {}

    /** @param two the roles that two fleets would have, as the rule shows them */
    Rollout of(RolloutId id, long fence, Revision revision, Roles two, Known known, Instant now) {
        Roles roles = roles(two, known.latest(), now);
        Rollout planned = Rollout.begin(id, fence, revision, roles, sizing(roles, known), steps(roles), now)
                .launchedFrom(launches(roles, known));
        if (inTurn(roles, known)) {
            return inTurn(planned, known, now);
        }
        if (terms.strategy() instanceof Strategy.Rolling rolling
                && roles.oneFleet().isPresent()) {
            return planned.rolled(Rolling.of(rolling, known.seen().fleet(roles.green())));
        }
        return shadow(roles).map(planned::shadowed).orElse(planned);
    }

    /** As the strategy has them; a first release has two fleets in any case, of which one serves nobody. */
    private Roles roles(Roles two, Optional<Rollout> latest, Instant now) {
        if (!terms.strategy().onOneFleet() || two.blue().isEmpty()) {
            return two;
        }
        FleetName serving = two.blue().get();
        Optional<Former> former = installer
                .standing(serving)
                .map(at -> new Former(latest.flatMap(Plan::standing).orElse(UNNAMED), at.bucket(), at.key()));
        return Roles.onOne(
                serving,
                latest.filter(Rollout::onOneFleet)
                        .map(before -> OneFleet.after(former, before, now))
                        .orElseGet(() -> OneFleet.untouched(former)));
    }

    /** What people call what serves now. */
    private static Optional<String> standing(Rollout latest) {
        return latest.phase() != Phase.ROLLED_BACK
                ? Optional.of(latest.revision().name())
                : latest.recreation()
                        .map(Recreation::former)
                        .or(() -> latest.roles().former().map(Former::name));
    }

    /** What was closed for a release is opened by one that goes on from there, whatever the settings say by now. */
    private boolean inTurn(Roles roles, Known known) {
        boolean shut = known.seen().route().routing() instanceof Routing.Closed;
        return roles.blue().isPresent() && (terms.strategy().inTurn() || shut);
    }

    private Rollout inTurn(Rollout planned, Known known, Instant now) {
        String former = known.latest().flatMap(Plan::standing).orElse(UNNAMED);
        Recreation places = Recreation.of(former, terms.drain(), terms.pace());
        boolean shut = known.seen().route().routing() instanceof Routing.Closed;
        return planned.recreating(shut ? places.closed(now) : places)
                .tell(
                        now,
                        "announced",
                        "users are shut out for at most %d minutes, and for minutes more if it is taken back"
                                .formatted(places.closedFor().toMinutes()));
    }

    /** Where nobody serves yet, there are no requests to copy. */
    private Optional<Shadow> shadow(Roles roles) {
        return terms.strategy()
                .shadow()
                .filter(watch -> roles.blue().isPresent())
                .map(Shadow::of);
    }

    /** Where nobody serves yet, there is nobody to share users with. */
    private List<Step> steps(Roles roles) {
        Strategy strategy = roles.serving().isEmpty() ? new Strategy.BlueGreen() : terms.strategy();
        return strategy.steps();
    }

    /** Settings before any pin: what the rollout that is not settled yet would have left, or else what is seen. */
    private Sizing sizing(Roles roles, Known known) {
        Observation seen = known.seen();
        int serving = roles.serving()
                .map(fleet -> (int) Math.max(
                        seen.fleet(fleet).inService(),
                        seen.fleet(fleet).scaling().desired()))
                .orElse(terms.firstSize());
        int size = Math.max(1, serving);
        return new Sizing(
                size, roles.blue().isPresent() ? size : 0, found(FleetName.A, known), found(FleetName.B, known));
    }

    private static Scaling found(FleetName fleet, Known known) {
        return known.unsettled()
                .map(before -> Pins.left(before, fleet))
                .orElse(known.seen().fleet(fleet).scaling());
    }

    /** What the fleet that serves is launched from: what its rollout gave it, which a stack may have written over. */
    private static Launches launches(Roles roles, Known known) {
        if (roles.serving().isEmpty()) {
            return Launches.UNKNOWN;
        }
        FleetName serving = roles.serving().get();
        Optional<LaunchSource.Template> kept = known.latest()
                .flatMap(rollout -> rollout.keeps(serving))
                .or(() -> Observe.templateOf(known.groups().get(serving)).filter(LaunchSource.Template::isNumbered));
        return roles.blue().isPresent() ? new Launches(kept, Optional.empty()) : new Launches(Optional.empty(), kept);
    }
}
