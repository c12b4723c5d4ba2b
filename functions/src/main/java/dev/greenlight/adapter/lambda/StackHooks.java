package dev.greenlight.adapter.lambda;

import dev.greenlight.port.StackAnswers;
import dev.greenlight.port.TrafficRules;

/** What the handler of CloudFormation's requests is given. It needs no settings: a request says everything. */
public interface StackHooks {

    TrafficRules trafficRules();

    StackAnswers stackAnswers();

    /** Tells the operators' log what went wrong. Never a request: its address is a secret. */
    void complain(String message);
}
