package dev.greenlight.adapter.lambda;

import dev.greenlight.port.LaunchSources;
import dev.greenlight.port.StackAnswers;
import dev.greenlight.port.TrafficRules;
import dev.greenlight.usecase.Within;

/** What the handlers of CloudFormation's requests are given. They need no settings: a request says everything. */
public interface StackHooks {

    TrafficRules trafficRules();

    LaunchSources launchSources();

    StackAnswers stackAnswers();

    /** How long work may take that may hang, and on which thread. */
    Within within();

    /** Tells the operators' log what went wrong. Never a request: its address is a secret. */
    void complain(String message);
}
