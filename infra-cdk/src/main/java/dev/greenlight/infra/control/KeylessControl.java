package dev.greenlight.infra.control;

import dev.greenlight.infra.Names;
import dev.greenlight.infra.Sorted;
import dev.greenlight.infra.hook.HookName;
import dev.greenlight.infra.permit.ExactRole;
import dev.greenlight.infra.permit.Permit;
import dev.greenlight.service.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.services.iam.CfnOIDCProvider;
import software.amazon.awscdk.services.iam.WebIdentityPrincipal;
import software.constructs.Construct;

/**
 * A role without keys for workflows of one repository and branch on GitHub. It may start this pipeline and call RollBack,
 * and nothing else. Follows "Configuring OpenID Connect in Amazon Web Services" (GitHub).
 */
public final class KeylessControl extends Construct {

    private static final String ISSUER = "token.actions.githubusercontent.com";
    private static final String AUDIENCE = "sts.amazonaws.com";

    private final ExactRole role;

    /**
     * @param repository {@code owner/name}
     * @param existing ARN of the account's provider, of which there can be only one
     */
    public KeylessControl(
            Construct scope,
            String id,
            Names names,
            Source.GitHub gitHub,
            Optional<String> existing,
            String pipelineArn) {
        super(scope, id);
        String provider = existing.orElseGet(this::provider);
        Map<String, Object> fromThatBranch = Map.of(
                "StringEquals",
                Sorted.map(Map.of(
                        ISSUER + ":aud",
                        AUDIENCE,
                        ISSUER + ":sub",
                        "repo:%s:ref:refs/heads/%s".formatted(gitHub.repository(), gitHub.branch()))));
        this.role = new ExactRole(
                this,
                "Role",
                new WebIdentityPrincipal(provider, fromThatBranch),
                List.of(
                        Permit.on(
                                pipelineArn,
                                "StartPipeline",
                                "a workflow starts a release",
                                "codepipeline:StartPipelineExecution"),
                        Permit.on(
                                HookName.ROLL_BACK.calledArn(names),
                                "RollBack",
                                "a workflow takes a release back",
                                "lambda:InvokeFunction")));
    }

    private String provider() {
        return CfnOIDCProvider.Builder.create(this, "Provider")
                .url("https://" + ISSUER)
                .clientIdList(List.of(AUDIENCE))
                .build()
                .getRef();
    }

    public String roleArn() {
        return role.arn();
    }
}
