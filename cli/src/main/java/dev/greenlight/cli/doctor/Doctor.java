package dev.greenlight.cli.doctor;

import dev.greenlight.sandbox.cloudformation.TemplateFault;
import java.util.List;
import java.util.function.Consumer;

/**
 * Looks at one installation in one pass and says all that it lacks. It reads, and changes nothing; a question that is not answered is a
 * finding of its own, and the next one is asked.
 */
public final class Doctor {

    private final AccountClients clients;
    private final String region;

    public Doctor(AccountClients clients, String region) {
        this.clients = clients;
        this.region = region;
    }

    /**
     * Looks at the stack.
     *
     * @param progress is told what is being looked at
     * @throws CannotLook when nobody could be found to ask as, or nothing to look at
     */
    public Diagnosis examine(String stackName, Consumer<String> progress) {
        StackReader reader = new StackReader(clients, region);
        Notebook notebook = new Notebook();
        progress.accept("the stack");
        Caller caller = reader.caller();
        DeployedStack stack = reader.read(stackName, caller, notebook);
        for (Subject subject : subjects()) {
            progress.accept(subject.name());
            try {
                subject.look(stack, notebook);
            } catch (TemplateFault fault) {
                notebook.unseen(
                        new Place("stack", "", stackName),
                        "could not look at %s: %s".formatted(subject.name(), fault.getMessage()),
                        "cloudformation:GetTemplate",
                        Remedy.of(
                                "this version of greenlight does not know that template: use the one that deployed it"));
            }
        }
        return new Diagnosis(stackName, caller.account(), region, caller.arn(), notebook.findings(), notebook.asked());
    }

    private List<Subject> subjects() {
        return List.of(
                new Functions(clients),
                new ServiceRoles(clients.iam()),
                new TrafficRules(clients),
                new Foundations(clients),
                new Fleets(clients),
                new Deployments(clients),
                new ZoneConfigurations(clients),
                new Store(clients),
                new Schedules(clients),
                new Pipelines(clients),
                new EventRules(clients),
                new Notices(clients),
                new Secrets(clients));
    }
}
