package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Revision;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.port.RolloutStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What was bad stays out until a person releases it, and says why: rule 8 of docs/rules.md. */
class ReleaseQuarantineTest {

    private final World world = World.serving();

    private Answer release(String digest) {
        return new ReleaseQuarantine(world, World.terms(), world)
                .release(new Revision("v2", digest), "the fault was the database's");
    }

    @Test
    void the_revision_may_be_released_again_and_the_journal_says_why() {
        RolloutStore.Quarantine quarantine =
                new RolloutStore.Quarantine("sha256:2", "v2", new RolloutId("r-1"), "5xx", Situation.START);
        world.store.commit(world.store.ledger(), List.of(), Optional.of(quarantine));

        assertThat(release("sha256:2")).isEqualTo(new Answer.Done("revision v2 may be released again"));

        assertThat(world.store.quarantine("sha256:2")).isEmpty();
        assertThat(world.told).singleElement().satisfies(entry -> {
            assertThat(entry.decision()).isEqualTo("release quarantine");
            assertThat(entry.reason()).isEqualTo("revision v2, sha256:2: the fault was the database's");
        });
    }

    @Test
    void a_digest_that_is_not_quarantined_fails_and_says_so() {
        assertThat(release("sha256:typo"))
                .isEqualTo(new Answer.Failed(
                        Answer.Failure.CONFIGURATION, "nothing is quarantined under digest sha256:typo"));
        assertThat(world.told).isEmpty();
    }

    @Nested
    class Both_at_once {

        private final Terms terms = World.terms(Duration.ofMinutes(30));
        private final Pipeline bad = new Pipeline(world, world, terms, "bad");

        private Answer both(Ports ports) {
            return new ReleaseQuarantine(ports, terms, world)
                    .release(Optional.of(bad.revision()), true, "it was the db");
        }

        private void takenBack() {
            bad.runUntil(Phase.VERIFYING);
            new RollBack(world, terms, world).byHand(Optional.empty(), "customers complain", true);
        }

        @Test
        void are_both_done() {
            takenBack();

            assertThat(both(world))
                    .isEqualTo(
                            new Answer.Done(
                                    "revision rev-bad may be released again; the next rollout may begin, although bad was taken back"));
        }

        @Test
        void one_of_them_alone_leaves_the_other_as_it_is() {
            takenBack();

            assertThat(new ReleaseQuarantine(world, terms, world)
                            .release(Optional.of(bad.revision()), false, "it was the db"))
                    .isEqualTo(new Answer.Done("revision rev-bad may be released again"));
            assertThat(bad.rollout().coolsUntil(terms.cooldown())).isPresent();
        }

        /** The first half was done, the second was lost; the same call then failed for ever. */
        @Test
        void may_be_repeated_where_the_first_call_did_the_first_half_only() {
            takenBack();
            release(bad.revision().digest());

            assertThat(both(world))
                    .isEqualTo(
                            new Answer.Failed(
                                    Answer.Failure.CONFIGURATION,
                                    "nothing is quarantined under digest sha256:bad; the next rollout may begin, although bad was taken back"));
            assertThat(bad.rollout().coolsUntil(terms.cooldown())).isEmpty();
        }

        @Test
        void win_against_a_call_that_writes_the_record_at_the_same_time() {
            takenBack();
            Runnable beat = () -> world.store.commit(bad.rollout().beat(world.instant()));
            // Release of the quarantine, its line, the ledger, the record: then the commit.
            EventfulPorts ports =
                    new EventfulPorts(world, new EventfulPorts.Event(5, EventfulPorts.Moment.BEFORE, beat));

            assertThat(both(ports)).isInstanceOf(Answer.Done.class);
            assertThat(ports.happened()).contains("RolloutStore.commit");
        }
    }
}
