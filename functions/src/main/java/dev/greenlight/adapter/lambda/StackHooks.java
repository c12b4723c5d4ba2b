package dev.greenlight.adapter.lambda;

import dev.greenlight.port.LaunchSources;
import dev.greenlight.port.StackAnswers;
import dev.greenlight.port.TrafficRules;

/** What the handlers of CloudFormation's requests are given. They need no settings: a request says everything. */
public interface StackHooks {

    TrafficRules trafficRules();

    LaunchSources launchSources();

    StackAnswers stackAnswers();

    /** Tells the operators' log what went wrong. Never a request: its address is a secret. */
    void complain(String message);
}
