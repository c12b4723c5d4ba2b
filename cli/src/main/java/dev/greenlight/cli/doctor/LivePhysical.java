package dev.greenlight.cli.doctor;

import dev.greenlight.sandbox.cloudformation.Physical;
import dev.greenlight.sandbox.cloudformation.Resource;
import java.util.Map;
import java.util.Optional;

/**
 * A deployed stack's ids. CloudFormation tells each resource's physical id, not its attributes: the ARNs follow from the ids (Service
 * Authorization Reference, "Resource types defined by" each service); what does not follow is {@link #UNKNOWN}.
 */
final class LivePhysical implements Physical {

    /** Stands where a value is a secret or cannot be told from ids; nothing is compared with it. */
    static final String UNKNOWN = "(not told by the template)";

    /** For each type, service and resource of its ARN; the region is left out where ARNs have none. */
    private static final Map<String, String> ARNS = Map.ofEntries(
            Map.entry("AWS::IAM::Role", "iam::%2$s:role/%3$s"),
            Map.entry("AWS::S3::Bucket", "s3:::%3$s"),
            Map.entry("AWS::Lambda::Function", "lambda:%1$s:%2$s:function:%3$s"),
            Map.entry("AWS::DynamoDB::Table", "dynamodb:%1$s:%2$s:table/%3$s"),
            Map.entry("AWS::Events::Rule", "events:%1$s:%2$s:rule/%3$s"),
            Map.entry("AWS::Scheduler::ScheduleGroup", "scheduler:%1$s:%2$s:schedule-group/%3$s"),
            Map.entry("AWS::Logs::LogGroup", "logs:%1$s:%2$s:log-group:%3$s:*"),
            Map.entry("AWS::CodeBuild::Project", "codebuild:%1$s:%2$s:project/%3$s"),
            Map.entry("AWS::CodePipeline::Pipeline", "codepipeline:%1$s:%2$s:%3$s"));

    private final Caller caller;
    private final String region;
    private final Map<String, String> ids;

    LivePhysical(Caller caller, String region, Map<String, String> ids) {
        this.caller = caller;
        this.region = region;
        this.ids = ids;
    }

    @Override
    public Optional<String> ref(Resource resource) {
        return Optional.of(ids.getOrDefault(resource.id(), UNKNOWN));
    }

    @Override
    public Optional<String> attribute(Resource resource, String attribute) {
        String id = ids.getOrDefault(resource.id(), UNKNOWN);
        if (id.equals(UNKNOWN)) {
            return Optional.of(UNKNOWN);
        }
        if (attribute.endsWith("Arn")) {
            return Optional.of(arn(resource.type(), id));
        }
        return Optional.of(
                switch (attribute) {
                    case "GroupId" -> id;
                    case "Version", "TargetGroupFullName" -> id.substring(id.lastIndexOf(':') + 1);
                    default -> UNKNOWN;
                });
    }

    private String arn(String type, String id) {
        if (id.startsWith("arn:")) {
            return id;
        }
        String form = ARNS.get(type);
        return form == null
                ? UNKNOWN
                : "arn:" + caller.partition() + ":" + form.formatted(region, caller.account(), id);
    }

    /** Secrets are not read. */
    @Override
    public Optional<String> secret(String id) {
        return Optional.of(UNKNOWN);
    }
}
