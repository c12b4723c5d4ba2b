package dev.greenlight.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What was found so far. Every question to AWS goes through it, so that one without an answer is noted and the rest still asked. */
final class Notebook {

    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> asked = new TreeSet<>();

    void well(Place place, String text) {
        findings.add(new Finding.Well(place, text));
    }

    void missing(Place place, String text, String breaks, Remedy remedy) {
        findings.add(new Finding.Missing(place, text, breaks, remedy));
    }

    void odd(Place place, String text, Remedy remedy) {
        findings.add(new Finding.Odd(place, text, remedy));
    }

    /** Said once of each place, however often it was asked there. */
    void unseen(Place place, String text, String permission, Remedy remedy) {
        once(new Finding.Unseen(place, text, permission, false, remedy));
    }

    private void once(Finding unseen) {
        if (!findings.contains(unseen)) {
            findings.add(unseen);
        }
    }

    /**
     * Asks AWS one question.
     *
     * @param permission the IAM action that the question needs
     * @param gone notes what it means that there is no such thing
     * @return the answer; empty when there was none, which is noted then
     */
    <T> Optional<T> ask(Place place, String permission, Supplier<T> question, Runnable gone) {
        asked.add(permission);
        try {
            return Optional.of(question.get());
        } catch (AwsServiceException e) {
            Refusal refusal = Refusal.of(e);
            if (refusal.kind() == Refusal.Kind.GONE) {
                gone.run();
            } else {
                note(place, permission, refusal);
            }
        } catch (SdkClientException e) {
            note(place, permission, Refusal.of(e));
        }
        return Optional.empty();
    }

    /** Says which permissions questions needed that did not come through here. */
    void asked(String... permissions) {
        asked.addAll(List.of(permissions));
    }

    private void note(Place place, String permission, Refusal refusal) {
        Remedy remedy = switch (refusal.kind()) {
            case DENIED ->
                Remedy.of("let the one who asks do this, then ask again", Policies.allow(List.of(permission)));
            case THROTTLED -> Remedy.of("wait a minute, then ask again");
            case CREDENTIALS -> Remedy.of("renew the credentials, then ask again");
            case GONE, OTHER -> Remedy.of("ask again");
        };
        String why = switch (refusal.kind()) {
            case DENIED -> "you may not " + permission;
            case THROTTLED -> "AWS was asked too often for " + permission;
            case CREDENTIALS, GONE, OTHER -> permission + ": " + refusal.words();
        };
        boolean refused = refusal.kind() == Refusal.Kind.DENIED;
        once(new Finding.Unseen(place, "could not look: " + why, permission, refused, remedy));
    }

    /** How many findings there are: whoever remembers it can tell whether more came, which one said twice is not. */
    int size() {
        return findings.size();
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** The IAM actions that the questions needed. */
    Set<String> asked() {
        return Set.copyOf(asked);
    }
}
