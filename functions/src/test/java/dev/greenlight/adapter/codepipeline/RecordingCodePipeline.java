package dev.greenlight.adapter.codepipeline;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.codepipeline.CodePipelineClient;
import software.amazon.awssdk.services.codepipeline.model.PutJobFailureResultRequest;
import software.amazon.awssdk.services.codepipeline.model.PutJobFailureResultResponse;
import software.amazon.awssdk.services.codepipeline.model.PutJobSuccessResultRequest;
import software.amazon.awssdk.services.codepipeline.model.PutJobSuccessResultResponse;

/** Takes every answer of every job and remembers it. */
public final class RecordingCodePipeline implements CodePipelineClient {

    private final List<PutJobSuccessResultRequest> successes = new CopyOnWriteArrayList<>();
    private final List<PutJobFailureResultRequest> failures = new CopyOnWriteArrayList<>();

    public List<PutJobSuccessResultRequest> successes() {
        return successes;
    }

    public List<PutJobFailureResultRequest> failures() {
        return failures;
    }

    @Override
    public PutJobSuccessResultResponse putJobSuccessResult(PutJobSuccessResultRequest request) {
        successes.add(request);
        return PutJobSuccessResultResponse.builder().build();
    }

    @Override
    public PutJobFailureResultResponse putJobFailureResult(PutJobFailureResultRequest request) {
        failures.add(request);
        return PutJobFailureResultResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
