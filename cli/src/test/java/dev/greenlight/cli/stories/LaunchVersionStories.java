package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.simulate.RulesWatch;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.sandbox.fault.Call;
import dev.greenlight.sandbox.world.Behaviour;
import dev.greenlight.sandbox.world.Capacity;
import dev.greenlight.sandbox.world.Instance;
import dev.greenlight.sandbox.world.LaunchTemplates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A new machine image reaches users by a rollout, and by nothing else. */
class LaunchVersionStories {

    /** The image of the installation as it was made. */
    private static final String OLD = "ami-0123456789abcdef0";

    private static final int MAXIMUM = 24;
    private static final int MOMENTS = 80;
    private static final long SEED = 11;
    private static final String NEW = "ami-0000000000000002";
    private static final String NEWER = "ami-0000000000000003";
    private static final Map<String, String> SHORT =
            Map.of("GREENLIGHT_BAKE", "PT3M", "GREENLIGHT_BLUE_LIFETIME", "PT40M");

    @Test
    void a_stack_update_changes_nothing_that_lives_and_blue_grows_with_its_own_image() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);

            StackUpdate.to(NEW, MAXIMUM, festival);
            Launched.grow(festival, "A", 4);

            assertThat(Launched.images(festival, "A")).hasSize(4).containsOnly(OLD);
        }
    }

    @Test
    void the_next_rollout_brings_the_new_image_and_the_way_back_keeps_the_old_one() {
        try (Festival festival = Festival.serving(2, SHORT)) {
            festival.visitors(20);
            StackUpdate.to(NEW, MAXIMUM, festival);

            String execution = festival.release("v2");

            assertThat(Launched.images(festival, "B")).hasSize(2).containsOnly(NEW);
            assertThat(Launched.images(festival, "A")).hasSize(2).containsOnly(OLD);
            assertThat(festival.rollout(execution).history())
                    .anyMatch(event -> event.why().contains("launched from version 2 of lt-"));

            festival.rollBack();
            Launched.grow(festival, "A", 3);

            assertThat(festival.weights()).containsEntry("A", 100);
            assertThat(Launched.images(festival, "A")).hasSize(3).containsOnly(OLD);
            assertThat(failed(festival)).isZero();
        }
    }

    @Test
    void the_other_fleet_keeps_its_version_until_its_own_turn() {
        try (Festival festival = Festival.serving(2, SHORT)) {
            festival.visitors(20);
            StackUpdate.to(NEW, MAXIMUM, festival);
            festival.release("v2");
            festival.pass(Duration.ofHours(1));
            assertThat(festival.instances("A")).isZero();
            assertThat(Launched.version(festival, "A")).isEqualTo("1");

            festival.release("v3");

            assertThat(Launched.version(festival, "A")).isEqualTo("2");
            assertThat(Launched.images(festival, "A")).hasSize(2).containsOnly(NEW);
            assertThat(failed(festival)).isZero();
        }
    }

    @Test
    void a_warm_green_of_an_older_image_leaves_before_it_is_launched_anew() {
        try (Festival festival = Festival.serving(new Capacity(2, 24, 24), Map.of())) {
            RulesWatch watch = festival.watch();
            festival.visitors(20);
            festival.release("v2");
            StackUpdate.to(NEW, MAXIMUM, festival);
            assertThat(Launched.images(festival, "A")).hasSizeGreaterThan(10).containsOnly(OLD);

            String execution = festival.release("v3");

            assertThat(Launched.images(festival, "A")).isNotEmpty().containsOnly(NEW);
            assertThat(festival.weights()).containsEntry("A", 100);
            assertThat(festival.story())
                    .contains("instances of fleet A leave, which were not launched from version 2 of lt-");
            assertThat(festival.rollout(execution).phase()).isEqualTo(Phase.PROMOTED);
            assertThat(failed(festival)).isZero();
            assertThat(watch.rulings().broken()).as(festival.story()).isEmpty();
        }
    }

    @Test
    void a_warm_green_of_the_newest_image_is_used_as_it_is() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            festival.release("v2");
            List<String> warm =
                    festival.group("A").instances().stream().map(Instance::id).toList();

            festival.release("v3");

            assertThat(festival.group("A").instances()).extracting(Instance::id).containsAll(warm);
        }
    }

    @Test
    void the_first_release_has_the_newest_image() {
        try (Festival festival = Festival.beforeFirstRelease()) {
            festival.visitors(20);
            StackUpdate.to(NEW, MAXIMUM, festival);

            festival.release("v1");

            assertThat(Launched.images(festival, "A")).isNotEmpty().containsOnly(NEW);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"PREPARING", "INSTALLING", "VALIDATING", "VERIFYING", "PROMOTED"})
    void an_update_in_the_middle_of_a_rollout_is_harmless(Phase phase) {
        try (Festival festival = Festival.serving(2)) {
            RulesWatch watch = festival.watch();
            festival.visitors(20);
            StackUpdate.to(NEW, MAXIMUM, festival);
            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntil(execution, phase);

            StackUpdate.to(NEWER, MAXIMUM + 6, festival);
            festival.passUntilPipelineEnds(execution);
            Launched.grow(festival, "B", 3);

            assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
            assertThat(Launched.images(festival, "A")).containsOnly(OLD);
            // While it is prepared, what is newest may still change; from then on it is what the rollout began with.
            assertThat(Launched.images(festival, "B"))
                    .as(festival.story())
                    .hasSize(3)
                    .containsOnly(phase == Phase.PREPARING ? NEWER : NEW);
            assertThat(watch.rulings().broken()).as(festival.story()).isEmpty();
        }
    }

    /** CloudFormation asks for the version and gives it a moment later; a rollout may begin in between. */
    @Test
    void a_version_of_before_the_rollout_that_is_written_while_it_prepares_is_put_right() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            StackUpdate.to(NEW, MAXIMUM, festival);
            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntil(
                    "green's new version", () -> Launched.version(festival, "B").equals("2"));

            write(festival, "B", "1");
            festival.passUntilPipelineEnds(execution);
            Launched.grow(festival, "B", 3);

            assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
            assertThat(Launched.images(festival, "B")).hasSize(3).containsOnly(NEW);
        }
    }

    @Test
    void a_version_of_before_the_rollout_that_is_written_while_it_installs_costs_the_release_and_no_quarantine() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            StackUpdate.to(NEW, MAXIMUM, festival);
            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntil(execution, Phase.INSTALLING);

            write(festival, "B", "1");
            festival.passUntilPipelineEnds(execution);

            assertThat(festival.failure(execution, "InstallRevision"))
                    .contains("somebody changed its group meanwhile", "Start a new execution");
            assertThat(festival.rollout(execution).ending().orElseThrow().cause())
                    .isEqualTo(Cause.PLATFORM);
            festival.release("v2");
            assertThat(Launched.images(festival, "B")).isNotEmpty().containsOnly(NEW);
            assertThat(failed(festival)).isZero();
        }
    }

    /** An update that leaves the image alone asks all the same: what it was answered at the last one is of long ago. */
    @Test
    void an_update_of_anything_else_gives_no_fleet_the_version_of_the_last_update() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            StackUpdate.to(NEW, MAXIMUM, festival);
            festival.release("v2");

            StackUpdate.to(NEW, MAXIMUM + 6, festival);
            Launched.grow(festival, "B", 3);

            assertThat(festival.capacity("B").max()).isGreaterThanOrEqualTo(3);
            assertThat(Launched.version(festival, "A")).isEqualTo("1");
            assertThat(Launched.version(festival, "B")).isEqualTo("2");
            assertThat(Launched.images(festival, "B")).hasSize(3).containsOnly(NEW);
        }
    }

    /** Where PrepareGreen finds green when it dies. */
    private enum Green {
        ASLEEP,
        WARM
    }

    @ParameterizedTest
    @EnumSource
    void whichever_call_of_prepare_green_dies_green_is_launched_from_the_newest_version(Green green) {
        List<Integer> all = moments(green);
        // A warm green is waited for, by many calls that are all the same.
        List<Integer> moments = Matrix.some(MOMENTS, all.size(), SEED).stream()
                .map(n -> all.get(n - 1))
                .toList();
        Matrix.play(
                moments,
                n -> prepared(green, festival -> festival.sandbox.faults().crashAtCall(n), festival -> {}));
        Matrix.play(
                moments,
                n -> prepared(green, festival -> festival.sandbox.faults().crashAfterCall(n), festival -> {}));
    }

    /** Which of the calls after the merge are PrepareGreen's, undisturbed, counted from 1. */
    private static List<Integer> moments(Green green) {
        List<Call> calls = new ArrayList<>();
        int[] before = {0};
        prepared(
                green,
                festival -> before[0] = festival.sandbox.calls().size(),
                festival -> calls.addAll(festival.sandbox.calls().all()));
        List<Call> after = calls.subList(before[0], calls.size());
        List<Integer> moments = IntStream.rangeClosed(1, after.size())
                .filter(n -> after.get(n - 1).invocation().contains("prepare-green"))
                .boxed()
                .toList();
        assertThat(moments).extracting(n -> after.get(n - 1).operation()).contains("UpdateAutoScalingGroup");
        return moments;
    }

    private static void prepared(Green green, Consumer<Festival> mishap, Consumer<Festival> end) {
        try (Festival festival = Festival.serving(2, SHORT)) {
            RulesWatch watch = festival.watch();
            festival.visitors(20);
            if (green == Green.WARM) {
                festival.release("v2");
            }
            String next = green == Green.WARM ? "A" : "B";
            StackUpdate.to(NEW, MAXIMUM, festival);
            mishap.accept(festival);

            String execution = festival.merge("v3", Behaviour.good());
            festival.passUntilPipelineEnds(execution);

            assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
            assertThat(Launched.images(festival, next))
                    .as(festival.story())
                    .hasSize(2)
                    .containsOnly(NEW);
            assertThat(failed(festival)).as(festival.story()).isZero();
            assertThat(watch.rulings().broken()).as(festival.story()).isEmpty();
            end.accept(festival);
        }
    }

    private static void write(Festival festival, String fleet, String version) {
        LaunchTemplates templates = festival.sandbox.world().launchTemplates();
        String group = festival.group(fleet).name();
        templates.launchFrom(
                group,
                new LaunchTemplates.Source(templates.of(group).orElseThrow().template(), version));
    }

    private static long failed(Festival festival) {
        return festival.plane.tallies().values().stream()
                .mapToLong(tally -> tally.failed())
                .sum();
    }
}
