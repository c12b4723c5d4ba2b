package dev.greenlight.cli.doctor;

import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;

/** The preview secrets: there for the next stack update to read. Their values are not asked for. */
final class Secrets implements Subject {

    private final SecretsManagerClient secrets;

    Secrets(AccountClients clients) {
        this.secrets = clients.secrets();
    }

    @Override
    public String name() {
        return "the preview secrets";
    }

    @Override
    public void look(DeployedStack stack, Notebook notebook) {
        for (Part secret : stack.parts("AWS::SecretsManager::Secret")) {
            Place place = new Place("secret", secret.logicalId().replaceFirst("[0-9A-F]{8}$", ""), secret.physicalId());
            String breaks = "a stack update that touches functions or preview rules fails";
            notebook.ask(
                            place,
                            "secretsmanager:DescribeSecret",
                            () -> secrets.describeSecret(request -> request.secretId(secret.physicalId())),
                            () -> notebook.missing(
                                    place,
                                    "the secret is gone",
                                    breaks,
                                    Remedy.of(
                                            "change its description in the template and deploy: CloudFormation makes it anew")))
                    .ifPresent(live -> kept(place, live, breaks, notebook));
        }
    }

    private static void kept(Place place, DescribeSecretResponse live, String breaks, Notebook notebook) {
        if (live.deletedDate() == null) {
            notebook.well(place, "is there; its value was not read");
        } else {
            notebook.missing(
                    place,
                    "it is marked for deletion on " + live.deletedDate(),
                    breaks,
                    Remedy.of("aws secretsmanager restore-secret --secret-id " + place.id()));
        }
    }
}
