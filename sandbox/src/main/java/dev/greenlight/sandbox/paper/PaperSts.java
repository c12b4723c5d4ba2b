package dev.greenlight.sandbox.paper;

import dev.greenlight.sandbox.world.Account;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Says who asks: an engineer of the account. */
public final class PaperSts implements StsClient {

    private final Account account;

    public PaperSts(PaperAccount paper) {
        this.account = paper.account();
    }

    @Override
    public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
        return GetCallerIdentityResponse.builder()
                .account(account.id())
                .arn("arn:aws:iam::%s:user/engineer".formatted(account.id()))
                .userId("AIDAEXAMPLE")
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Holds nothing. */
    @Override
    public void close() {}
}
