package dev.greenlight.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.iam.IamClient;

/** The roles that no function has: those with which CodeDeploy, the pipeline, the builds, the Scheduler and the instances work. */
final class ServiceRoles implements Subject {

    /** By who takes the role. */
    private static final Map<String, String[]> KNOWN = Map.of(
            "codedeploy.amazonaws.com",
                    new String[] {"CodeDeploy's", "instances launch without a revision, and no install begins"},
            "codepipeline.amazonaws.com",
                    new String[] {"the pipeline's", "its actions fail, and no release gets through"},
            "codebuild.amazonaws.com", new String[] {"the build's", "no revision is built"},
            "scheduler.amazonaws.com",
                    new String[] {"the Scheduler's", "nobody is called when it is time, and blue is never retired"},
            "ec2.amazonaws.com", new String[] {"the instances'", "the agent cannot fetch revisions"},
            "events.amazonaws.com", new String[] {"EventBridge's", "what it should start does not start"});

    private static final String[] KEYLESS = {
        "the repository's", "its workflow can neither start the pipeline nor call RollBack"
    };

    private final Roles roles;

    ServiceRoles(IamClient iam) {
        this.roles = new Roles(iam);
    }

    @Override
    public String name() {
        return "the other roles";
    }

    @Override
    public void look(DeployedStack stack, Notebook notebook) {
        Set<String> ofFunctions = stack.parts("AWS::Lambda::Function").stream()
                .map(function -> function.text("Role"))
                .collect(Collectors.toSet());
        KnownArns known = KnownArns.of(stack);
        for (Part role : stack.parts("AWS::IAM::Role")) {
            String arn = arn(stack, role);
            if (!ofFunctions.contains(arn)) {
                String[] words = words(role);
                Place place = new Place("role", words[0], role.physicalId());
                roles.look(place, words[1], role, arn, known, notebook);
            }
        }
    }

    private static String arn(DeployedStack stack, Part role) {
        return "arn:%s:iam::%s:role/%s"
                .formatted(stack.caller().partition(), stack.caller().account(), role.physicalId());
    }

    private static String[] words(Part role) {
        JsonNode principal = Policies.statements(role.wanted().path("AssumeRolePolicyDocument")).stream()
                .map(statement -> statement.path("Principal"))
                .findFirst()
                .orElseGet(MissingNode::getInstance);
        if (principal.has("Federated")) {
            return KEYLESS;
        }
        String service = principal.path("Service").asText("");
        return KNOWN.getOrDefault(service, new String[] {role.logicalId(), "what " + service + " does with it fails"});
    }
}
