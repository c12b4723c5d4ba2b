package dev.greenlight.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.Role;

/** What rules and instances stand on: the listeners that the stack made, and the profile by which its instances have their role. */
final class Foundations implements Subject {

    private final ElasticLoadBalancingV2Client loadBalancing;
    private final IamClient iam;

    Foundations(AccountClients clients) {
        this.loadBalancing = clients.loadBalancing();
        this.iam = clients.iam();
    }

    @Override
    public String name() {
        return "listeners and the instances' profile";
    }

    @Override
    public void look(DeployedStack stack, Notebook notebook) {
        stack.parts("AWS::ElasticLoadBalancingV2::Listener").forEach(listener -> listener(listener, notebook));
        stack.parts("AWS::IAM::InstanceProfile").forEach(profile -> profile(profile, notebook));
    }

    private void listener(Part wanted, Notebook notebook) {
        Place place = new Place("listener", "of port " + wanted.text("Port"), wanted.physicalId());
        Remedy anew = Remedy.of(
                "change it in the template and deploy: CloudFormation makes it anew only if the template changes;"
                        + " its rules went with it");
        Optional<Listener> live = notebook.ask(
                        place,
                        "elasticloadbalancing:DescribeListeners",
                        () -> loadBalancing.describeListeners(request -> request.listenerArns(place.id())),
                        () -> notebook.missing(place, "the listener is gone", "users are not heard at this port", anew))
                .flatMap(answer -> answer.listeners().stream().findFirst());
        String own = wanted.text("Protocol") + " " + wanted.text("Port");
        live.map(listener -> listener.protocolAsString() + " " + listener.port())
                .ifPresent(there -> {
                    if (own.equals(there)) {
                        notebook.well(place, "listens for " + there);
                    } else {
                        notebook.missing(
                                place,
                                "it listens for %s, deployed for %s".formatted(there, own),
                                "users who come as deployed are not heard",
                                Remedy.of("aws elbv2 modify-listener --listener-arn %s --protocol %s --port %s"
                                        .formatted(place.id(), wanted.text("Protocol"), wanted.text("Port"))));
                    }
                });
    }

    private void profile(Part wanted, Notebook notebook) {
        Place place = new Place("instance profile", "", wanted.physicalId());
        String breaks =
                "instances do not launch, or cannot fetch revisions: a release stops at PrepareGreen or InstallRevision";
        notebook.ask(
                        place,
                        "iam:GetInstanceProfile",
                        () -> iam.getInstanceProfile(request -> request.instanceProfileName(place.id()))
                                .instanceProfile(),
                        () -> notebook.missing(
                                place,
                                "the profile is gone",
                                breaks,
                                Remedy.of("aws iam create-instance-profile --instance-profile-name %s; then %s"
                                        .formatted(place.id(), add(place, wanted)))))
                .ifPresent(live -> roles(place, wanted, live, breaks, notebook));
    }

    private static void roles(Place place, Part wanted, InstanceProfile live, String breaks, Notebook notebook) {
        List<String> own = Policies.texts(wanted.wanted().path("Roles"));
        List<String> there = live.roles().stream().map(Role::roleName).toList();
        if (own.equals(there)) {
            notebook.well(place, "hands " + String.join(", ", own) + " to the instances");
        } else {
            notebook.missing(
                    place,
                    "it holds %s, deployed with %s"
                            .formatted(there.isEmpty() ? "no role" : String.join(", ", there), String.join(", ", own)),
                    breaks,
                    Remedy.of(add(place, wanted)));
        }
    }

    private static String add(Place place, Part wanted) {
        JsonNode role = wanted.wanted().path("Roles").path(0);
        return "aws iam add-role-to-instance-profile --instance-profile-name %s --role-name %s"
                .formatted(place.id(), role.asText());
    }
}
