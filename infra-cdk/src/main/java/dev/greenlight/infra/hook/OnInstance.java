package dev.greenlight.infra.hook;

import dev.greenlight.infra.Names;
import dev.greenlight.infra.permit.Permit;
import java.util.List;
import java.util.stream.Stream;

/** What a script on an instance needs to ask ValidateInstance whether the revision may stay there. */
public final class OnInstance {

    private OnInstance() {}

    /** The ARN of the function that is asked. */
    public static String hook(Names names) {
        return HookName.VALIDATE_INSTANCE.calledArn(names);
    }

    /** What the instances' role allows beside reading revisions. */
    public static List<Permit> permits(Names names) {
        return List.of(
                Permit.on(
                        hook(names),
                        "AskHook",
                        "ValidateService asks whether the revision may stay on its instance",
                        "lambda:InvokeFunction"),
                Permit.on(
                        Stream.of("a", "b")
                                .map(fleet -> names.arn(
                                        "codedeploy", "deploymentgroup:%s/%s".formatted(names.root(), names.of(fleet))))
                                .toList(),
                        "SeeOwnDeployment",
                        "a deployment's description names its rollout",
                        "codedeploy:GetDeployment"));
    }
}
