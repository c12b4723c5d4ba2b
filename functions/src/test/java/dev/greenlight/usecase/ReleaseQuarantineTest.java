package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Revision;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.port.RolloutStore;
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
        world.store.quarantine(
                new RolloutStore.Quarantine("sha256:2", "v2", new RolloutId("r-1"), "5xx", Situation.START));

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
}
