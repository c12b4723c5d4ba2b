package dev.greenlight.usecase;

import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Revision;
import dev.greenlight.port.Journal;
import java.util.Optional;

/** Lets a quarantined revision be released again, because a person says so. */
public final class ReleaseQuarantine {

    private final Ports ports;

    public ReleaseQuarantine(Ports ports) {
        this.ports = ports;
    }

    /**
     * Forgets the quarantine of this content, whatever name it had.
     *
     * @param reason the person's words
     * @return failed if no such content is quarantined: a mistyped digest must not look like a release
     */
    public Answer release(Revision revision, String reason) {
        if (!ports.store().release(revision.digest())) {
            return new Answer.Failed(
                    Answer.Failure.CONFIGURATION,
                    "nothing is quarantined under digest %s".formatted(revision.digest()));
        }
        ports.journal()
                .tell(new Journal.Entry(
                        Optional.empty(),
                        "release quarantine",
                        "revision %s, %s: %s".formatted(revision.name(), revision.digest(), reason),
                        Optional.empty(),
                        "0",
                        ""));
        return new Answer.Done("revision %s may be released again".formatted(revision.name()));
    }
}
