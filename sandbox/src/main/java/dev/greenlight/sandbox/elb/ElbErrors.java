package dev.greenlight.sandbox.elb;

import dev.greenlight.sandbox.fault.ServiceErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.InvalidLoadBalancerActionException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.InvalidTargetException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.OperationNotPermittedException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.PriorityInUseException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;

/** The errors of the service, each with its type, code and status. */
final class ElbErrors {

    private static final int BAD_REQUEST = 400;

    private ElbErrors() {}

    static AwsServiceException invalid(String message) {
        return ServiceErrors.of(ElasticLoadBalancingV2Client.class, "ValidationError", BAD_REQUEST, message);
    }

    static AwsServiceException noRule(String arn) {
        return ServiceErrors.filled(
                RuleNotFoundException.builder(), "RuleNotFound", BAD_REQUEST, "One or more rules not found: " + arn);
    }

    static AwsServiceException priorityInUse(int priority) {
        return ServiceErrors.filled(
                PriorityInUseException.builder(),
                "PriorityInUse",
                BAD_REQUEST,
                "Priority '" + priority + "' is currently in use");
    }

    static AwsServiceException noTargetGroup(String name) {
        return ServiceErrors.filled(
                TargetGroupNotFoundException.builder(),
                "TargetGroupNotFound",
                BAD_REQUEST,
                "Target groups '" + name + "' not found");
    }

    static AwsServiceException noListener(String arn) {
        return ServiceErrors.filled(
                ListenerNotFoundException.builder(),
                "ListenerNotFound",
                BAD_REQUEST,
                "One or more listeners not found: " + arn);
    }

    static AwsServiceException noLoadBalancer(String name) {
        return ServiceErrors.filled(
                LoadBalancerNotFoundException.builder(),
                "LoadBalancerNotFound",
                BAD_REQUEST,
                "Load balancers '" + name + "' not found");
    }

    static AwsServiceException badTarget(String instanceId) {
        return ServiceErrors.filled(
                InvalidTargetException.builder(),
                "InvalidTarget",
                BAD_REQUEST,
                "The following targets are not in a running state and cannot be registered: '" + instanceId + "'");
    }

    static AwsServiceException badAction(String message) {
        return ServiceErrors.filled(
                InvalidLoadBalancerActionException.builder(), "InvalidLoadBalancerAction", BAD_REQUEST, message);
    }

    static AwsServiceException notPermitted(String message) {
        return ServiceErrors.filled(
                OperationNotPermittedException.builder(), "OperationNotPermitted", BAD_REQUEST, message);
    }
}
