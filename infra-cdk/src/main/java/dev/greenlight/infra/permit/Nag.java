package dev.greenlight.infra.permit;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import software.constructs.Construct;

/** Says beside a construct why a rule of cdk-nag does not hold for it. */
public final class Nag {

    private Nag() {}

    /** @param rule {@code AwsSolutions-S1} */
    public static void accept(Construct construct, String rule, String reason) {
        NagSuppressions.addResourceSuppressions(
                construct,
                List.of(NagPackSuppression.builder().id(rule).reason(reason).build()),
                true);
    }
}
