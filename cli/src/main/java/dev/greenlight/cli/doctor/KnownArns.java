package dev.greenlight.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes of a resource in a statement one that really is there: IAM's simulation takes what it is asked about literally, so a pattern
 * would be compared with patterns.
 */
final class KnownArns {

    private static final String STAND_IN = "greenlight-doctor";

    private final List<String> arns = new ArrayList<>();
    private final Caller caller;
    private final String region;

    private KnownArns(Caller caller, String region) {
        this.caller = caller;
        this.region = region;
    }

    static KnownArns of(DeployedStack stack) {
        KnownArns known = new KnownArns(stack.caller(), stack.region());
        for (String type : List.of(
                "Custom::GreenlightTrafficRule",
                "Custom::GreenlightAudienceRule",
                "AWS::ElasticLoadBalancingV2::ListenerRule",
                "AWS::ElasticLoadBalancingV2::TargetGroup")) {
            stack.parts(type).forEach(part -> known.arns.add(part.physicalId()));
        }
        return known;
    }

    /** Where all of it stands. */
    String region() {
        return region;
    }

    /** The ARN itself, one that is known to be of its form, or one that could be. */
    String concrete(String resource) {
        if (resource.equals("*") || !resource.contains("*")) {
            return resource;
        }
        Pattern form = Pattern.compile(("\\Q" + resource.replace("*", "\\E.*\\Q") + "\\E").replace("\\Q\\E", ""));
        return arns.stream()
                .filter(arn -> form.matcher(arn).matches())
                .findFirst()
                .orElseGet(() -> imagined(resource));
    }

    private String imagined(String resource) {
        String[] parts = resource.split(":", 6);
        if (parts.length == 6 && parts[4].equals("*")) {
            parts[4] = caller.account();
        }
        String arn = String.join(":", parts);
        if (parts[2].equals("ec2") && parts.length == 6 && parts[5].startsWith("*")) {
            return String.join(":", parts[0], parts[1], parts[2], parts[3], parts[4], "instance/i-00000000000000000");
        }
        // A log group's streams; a group's ARN holds an id of its own before the name.
        return arn.replaceFirst("(:log-group:.*):\\*$", "$1:log-stream:" + STAND_IN)
                .replace(":autoScalingGroup:*:", ":autoScalingGroup:00000000-0000-4000-8000-000000000000:")
                .replace("*", STAND_IN);
    }
}
