package dev.greenlight.sandbox.cloudformation;

import java.util.HashMap;
import java.util.Map;

/** The parameters that every template has without declaring them (page "Get AWS values using pseudo parameters"). */
public final class Pseudo {

    static final String REGION = "AWS::Region";
    static final String NO_VALUE = "AWS::NoValue";

    private Pseudo() {}

    /**
     * The pseudo parameters of a stack in one of the ordinary regions.
     *
     * @param account twelve digits
     * @param stackId the stack's ARN
     */
    public static Map<String, String> parameters(String account, String region, String stackName, String stackId) {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("AWS::AccountId", account);
        parameters.put(REGION, region);
        parameters.put("AWS::Partition", "aws");
        parameters.put("AWS::URLSuffix", "amazonaws.com");
        parameters.put("AWS::StackName", stackName);
        parameters.put("AWS::StackId", stackId);
        return parameters;
    }
}
