package dev.greenlight.cli.installed;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.greenlight.adapter.lambda.AfterAllowTrafficHandler;
import dev.greenlight.adapter.lambda.AllowTrafficHandler;
import dev.greenlight.adapter.lambda.AnswerLostJobHandler;
import dev.greenlight.adapter.lambda.BeforeAllowTrafficHandler;
import dev.greenlight.adapter.lambda.InstallRevisionHandler;
import dev.greenlight.adapter.lambda.PrepareGreenHandler;
import dev.greenlight.adapter.lambda.PromoteHandler;
import dev.greenlight.adapter.lambda.ReleaseQuarantineHandler;
import dev.greenlight.adapter.lambda.RetireBlueHandler;
import dev.greenlight.adapter.lambda.RollBackHandler;
import dev.greenlight.adapter.lambda.SweepHandler;
import dev.greenlight.adapter.lambda.ValidateInstanceHandler;

/** The functions that somebody may call, by what handles the call; their names are the template's matter. */
public enum Functions {
    PREPARE_GREEN(PrepareGreenHandler.class),
    INSTALL_REVISION(InstallRevisionHandler.class),
    BEFORE_ALLOW_TRAFFIC(BeforeAllowTrafficHandler.class),
    ALLOW_TRAFFIC(AllowTrafficHandler.class),
    AFTER_ALLOW_TRAFFIC(AfterAllowTrafficHandler.class),
    ROLL_BACK(RollBackHandler.class),
    PROMOTE(PromoteHandler.class),
    RETIRE_BLUE(RetireBlueHandler.class),
    VALIDATE_INSTANCE(ValidateInstanceHandler.class),
    SWEEP(SweepHandler.class),
    ANSWER_LOST_JOB(AnswerLostJobHandler.class),
    RELEASE_QUARANTINE(ReleaseQuarantineHandler.class);

    private final Class<? extends RequestStreamHandler> handler;

    Functions(Class<? extends RequestStreamHandler> handler) {
        this.handler = handler;
    }

    /** What a template's {@code Handler} says of it. */
    String handler() {
        return handler.getName();
    }
}
