package dev.greenlight.adapter.dynamodb;

import dev.greenlight.adapter.Aws;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.ScalingProcess;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Ending;
import dev.greenlight.domain.rollout.Event;
import dev.greenlight.domain.rollout.Former;
import dev.greenlight.domain.rollout.Launches;
import dev.greenlight.domain.rollout.OneFleet;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Progress;
import dev.greenlight.domain.rollout.Restoration;
import dev.greenlight.domain.rollout.Revision;
import dev.greenlight.domain.rollout.Roles;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.Shadow;
import dev.greenlight.domain.rollout.Sizing;
import dev.greenlight.domain.strategy.Step;
import dev.greenlight.domain.strategy.Strategy;
import dev.greenlight.domain.strategy.Trial;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A rollout as readable attributes, for a person who looks into the table at night.
 *
 * <p>A record of another schema is refused, not guessed at: a function that was just rolled back must not damage what the
 * newer one wrote.
 *
 * <p>The attribute {@code ttl} says in epoch seconds when DynamoDB may delete it ("Using time to live (TTL) in DynamoDB").
 */
final class RolloutItem {

    static final long SCHEMA = 1;

    /** Its name is from when a release in place was the only one with one fleet. */
    private static final String ONE_FLEET = "inPlace";

    /** An item holds 400 KB ("Constraints in Amazon DynamoDB"): 200 events of this length stay well below. */
    private static final int LONGEST_REASON = 1_000;

    /** How long the table keeps a rollout that is over: a year's releases can be looked up, and a little more. */
    private static final Duration KEPT = Duration.ofDays(400);

    private RolloutItem() {}

    static NewItem write(Rollout rollout) {
        NewItem item = new NewItem()
                .number("schema", SCHEMA)
                .text("id", rollout.id())
                .number("version", rollout.version())
                .number("fence", rollout.fence())
                .text("revision", rollout.revision().name())
                .text("digest", rollout.revision().digest())
                .optional("blue", rollout.blue())
                .text("green", rollout.green())
                .item("sizing", sizing(rollout.sizing()))
                .item("launches", launches(rollout.launches()))
                .items("steps", rollout.steps().stream().map(RolloutItem::step).toList())
                .item("progress", progress(rollout.progress()))
                .flag("settled", rollout.settled())
                .items(
                        "history",
                        rollout.history().stream().map(RolloutItem::event).toList());
        if (rollout.settled()) {
            // One that is under way is never forgotten, however long it lies.
            item.number(
                    DynamoDbRolloutStore.TIME_TO_LIVE,
                    lastWord(rollout).plus(KEPT).getEpochSecond());
        }
        rollout.roles().oneFleet().ifPresent(fleet -> item.item(ONE_FLEET, oneFleet(fleet)));
        rollout.shadow().ifPresent(shadow -> item.item("shadow", shadow(shadow)));
        rollout.recreation().ifPresent(places -> item.item("recreation", RecreationItem.write(places)));
        rollout.rolling().ifPresent(zones -> item.item("rolling", RollingItem.write(zones)));
        rollout.ending().ifPresent(ending -> item.item("ending", ending(ending)));
        return item;
    }

    private static Instant lastWord(Rollout rollout) {
        Instant beat = rollout.progress().heartbeat();
        return rollout.history().stream().map(Event::at).reduce(beat, (a, b) -> a.isAfter(b) ? a : b);
    }

    private static NewItem sizing(Sizing sizing) {
        return new NewItem()
                .number("green", sizing.green())
                .number("carrying", sizing.carrying())
                .number("blue", sizing.blue())
                .item("foundA", scaling(sizing.foundA()))
                .item("foundB", scaling(sizing.foundB()));
    }

    private static NewItem scaling(Scaling scaling) {
        return new NewItem()
                .number("minimum", scaling.minimum())
                .number("desired", scaling.desired())
                .number("maximum", scaling.maximum())
                .texts(
                        "suspended",
                        scaling.suspended().stream().map(Enum::name).sorted().toList());
    }

    private static NewItem launches(Launches launches) {
        NewItem item = new NewItem();
        launches.blue().ifPresent(blue -> item.item("blue", template(blue)));
        launches.green().ifPresent(green -> item.item("green", template(green)));
        return item;
    }

    private static NewItem template(LaunchSource.Template template) {
        return new NewItem().text("template", template.id()).text("version", template.version());
    }

    private static NewItem step(Step step) {
        NewItem item = new NewItem().number("greenShare", step.greenShare()).text("bake", step.bake());
        step.pause().ifPresent(pause -> item.text("pause", pause.within()).text("otherwise", pause.otherwise()));
        step.trial().ifPresent(trial -> item.item("trial", TrialItem.write(trial)));
        return item;
    }

    private static NewItem shadow(Shadow shadow) {
        return new NewItem()
                .text("watch", shadow.watch())
                .optional("askedAt", shadow.askedAt())
                .optional("since", shadow.since())
                .flag("over", shadow.over());
    }

    private static NewItem progress(Progress progress) {
        return new NewItem()
                .text("phase", progress.phase())
                .text("phaseSince", progress.phaseSince())
                .text("heartbeat", progress.heartbeat())
                .number("steps", progress.steps())
                .optional("stepSince", progress.stepSince())
                .optional("usersSince", progress.usersSince())
                .number("steadyReads", progress.steadyReads())
                .optional("lastRead", progress.lastRead())
                .optional("deployment", progress.deployment())
                .flag("installed", progress.installed())
                .flag("promoteNow", progress.promoteNow())
                .number("resumed", progress.resumed())
                .optional("warmUntil", progress.warmUntil())
                .optional("switchedAt", progress.switchedAt())
                .optional("strayedAt", progress.strayedAt());
    }

    private static NewItem oneFleet(OneFleet fleet) {
        NewItem item = new NewItem();
        fleet.former()
                .ifPresent(former -> item.text("name", former.name())
                        .text("bucket", former.bucket())
                        .text("key", former.key()));
        return item.optional("calmSince", fleet.calmSince()).optional("calmUntil", fleet.calmUntil());
    }

    private static NewItem ending(Ending ending) {
        NewItem item = new NewItem()
                .text("cause", ending.cause())
                .text("reason", cut(ending.reason()))
                .flag("trafficMoved", ending.trafficMoved())
                .flag("quarantined", ending.quarantined())
                .flag("cooled", ending.cooled());
        ending.restoration().ifPresent(back -> item.item("restoration", restoration(back)));
        return item;
    }

    private static NewItem restoration(Restoration back) {
        return new NewItem()
                .number("attempt", back.attempt())
                .number("refused", back.refused())
                .optional("deployment", back.deployment())
                .optional("endedAt", back.endedAt());
    }

    private static NewItem event(Event event) {
        return new NewItem().text("at", event.at()).text("what", event.what()).text("why", cut(event.why()));
    }

    static String cut(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON - 1) + "…";
    }

    static Rollout read(Item item) {
        checkSchema(item);
        return new Rollout(
                new RolloutId(item.text("id")),
                item.number("version"),
                item.number("fence"),
                new Revision(item.text("revision"), item.text("digest")),
                new Roles(
                        item.optionalOneOf(FleetName.class, "blue"),
                        item.oneOf(FleetName.class, "green"),
                        item.optionalItem(ONE_FLEET).map(RolloutItem::oneFleet)),
                sizing(item.item("sizing")),
                item.optionalItem("launches").map(RolloutItem::launches).orElse(Launches.UNKNOWN),
                steps(item),
                item.optionalItem("shadow").map(RolloutItem::shadow),
                item.optionalItem("recreation").map(RecreationItem::read),
                item.optionalItem("rolling").map(RollingItem::read),
                progress(item.item("progress")),
                item.optionalItem("ending").map(RolloutItem::ending),
                item.flag("settled"),
                item.items("history").stream()
                        .map(e -> new Event(e.instant("at"), e.text("what"), e.text("why")))
                        .toList());
    }

    static void checkSchema(Item item) {
        long schema = item.number("schema");
        if (schema != SCHEMA) {
            throw Aws.unusable(
                    "dynamodb:GetItem",
                    "the record has schema %d, this version reads schema %d".formatted(schema, SCHEMA));
        }
    }

    private static Sizing sizing(Item item) {
        int green = item.whole("green");
        return new Sizing(
                green,
                item.whole("carrying", green),
                item.whole("blue"),
                scaling(item.item("foundA")),
                scaling(item.item("foundB")));
    }

    private static Scaling scaling(Item item) {
        return new Scaling(
                item.whole("minimum"),
                item.whole("desired"),
                item.whole("maximum"),
                Set.copyOf(item.listOf(ScalingProcess.class, "suspended")));
    }

    private static Launches launches(Item item) {
        return new Launches(
                item.optionalItem("blue").map(RolloutItem::template),
                item.optionalItem("green").map(RolloutItem::template));
    }

    private static LaunchSource.Template template(Item item) {
        return new LaunchSource.Template(item.text("template"), item.text("version"));
    }

    private static OneFleet oneFleet(Item item) {
        return new OneFleet(
                item.optionalText("key").map(key -> new Former(item.text("name"), item.text("bucket"), key)),
                item.optionalInstant("calmSince"),
                item.optionalInstant("calmUntil"));
    }

    private static Restoration restoration(Item item) {
        return new Restoration(
                item.whole("attempt"),
                item.whole("refused", 0),
                item.optionalText("deployment"),
                item.optionalInstant("endedAt"));
    }

    /** Whatever began before steps were written down was blue/green; in place there are none. */
    private static List<Step> steps(Item item) {
        List<Item> steps = item.itemsOrNone("steps");
        return steps.isEmpty() && item.optionalItem(ONE_FLEET).isEmpty()
                ? new Strategy.BlueGreen().steps()
                : steps.stream().map(RolloutItem::step).toList();
    }

    private static Step step(Item item) {
        Optional<Step.Pause> pause = item.optionalDuration("pause")
                .map(within -> new Step.Pause(within, item.oneOf(Step.Otherwise.class, "otherwise")));
        Optional<Trial> trial = item.optionalItem("trial").map(TrialItem::read);
        return new Step(item.whole("greenShare"), item.duration("bake"), pause, trial);
    }

    private static Shadow shadow(Item item) {
        return new Shadow(
                item.duration("watch"),
                item.optionalInstant("askedAt"),
                item.optionalInstant("since"),
                item.flag("over"));
    }

    private static Progress progress(Item item) {
        return new Progress(
                item.oneOf(Phase.class, "phase"),
                item.instant("phaseSince"),
                item.instant("heartbeat"),
                item.whole("steps"),
                item.optionalInstant("stepSince"),
                item.optionalInstant("usersSince"),
                item.whole("steadyReads"),
                item.optionalInstant("lastRead"),
                item.optionalText("deployment"),
                item.flag("installed"),
                item.flag("promoteNow"),
                item.whole("resumed", 0),
                item.optionalInstant("warmUntil"),
                item.optionalInstant("switchedAt"),
                item.optionalInstant("strayedAt"));
    }

    private static Ending ending(Item item) {
        return new Ending(
                item.oneOf(Cause.class, "cause"),
                item.text("reason"),
                item.flag("trafficMoved"),
                item.isSet("quarantined"),
                item.isSet("cooled"),
                item.optionalItem("restoration").map(RolloutItem::restoration));
    }
}
