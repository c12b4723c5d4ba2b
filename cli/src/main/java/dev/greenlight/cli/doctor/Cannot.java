package dev.greenlight.cli.doctor;

import java.util.Map;

/** What is meant by an action of IAM, in the words of a release. */
final class Cannot {

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("autoscaling:CompleteLifecycleAction", "let an instance into service after its install"),
            Map.entry("autoscaling:DeleteLifecycleHook", "keep the fleets' launch hooks"),
            Map.entry("autoscaling:DescribeAutoScalingGroups", "see the fleets"),
            Map.entry("autoscaling:DescribeLifecycleHooks", "see the fleets' launch hooks"),
            Map.entry("autoscaling:DescribeScalingActivities", "see why instances do not launch"),
            Map.entry("autoscaling:PutLifecycleHook", "keep the fleets' launch hooks"),
            Map.entry("autoscaling:RecordLifecycleActionHeartbeat", "hold a launch while it installs"),
            Map.entry("autoscaling:ResumeProcesses", "give a fleet's processes back"),
            Map.entry("autoscaling:SuspendProcesses", "pin a fleet"),
            Map.entry("autoscaling:UpdateAutoScalingGroup", "size a fleet"),
            Map.entry("cloudwatch:DescribeAlarms", "see the alarms"),
            Map.entry("cloudwatch:GetMetricData", "count requests and errors"),
            Map.entry("codebuild:BatchGetBuilds", "see how a build ends"),
            Map.entry("codebuild:StartBuild", "start a build"),
            Map.entry("codedeploy:BatchGetDeployments", "see what holds a deployment group"),
            Map.entry("codedeploy:BatchGetDeploymentTargets", "see what became of each instance"),
            Map.entry("codedeploy:CreateDeployment", "install a revision"),
            Map.entry("codedeploy:GetApplicationRevision", "install a revision"),
            Map.entry("codedeploy:GetDeployment", "see how an install ends"),
            Map.entry("codedeploy:GetDeploymentGroup", "see what a fleet is launched with"),
            Map.entry("codedeploy:GetDeploymentConfig", "install a revision"),
            Map.entry("codedeploy:ListDeployments", "find the install that it began"),
            Map.entry("codedeploy:ListDeploymentTargets", "see what became of each instance"),
            Map.entry("codedeploy:PutLifecycleEventHookExecutionStatus", "answer CodeDeploy"),
            Map.entry("codedeploy:RegisterApplicationRevision", "install a revision"),
            Map.entry("codedeploy:StopDeployment", "stop an install"),
            Map.entry("codepipeline:PutJobFailureResult", "tell the pipeline of a failure"),
            Map.entry("codepipeline:PutJobSuccessResult", "tell the pipeline that it is done"),
            Map.entry("codepipeline:StartPipelineExecution", "start the pipeline"),
            Map.entry("dynamodb:ConditionCheckItem", "keep to the lock"),
            Map.entry("dynamodb:DeleteItem", "forget a quarantined revision"),
            Map.entry("dynamodb:GetItem", "read the rollout's record"),
            Map.entry("dynamodb:PutItem", "write the rollout's record"),
            Map.entry("ec2:CreateTags", "tag the instances that it launches"),
            Map.entry("ec2:RunInstances", "have instances launched"),
            Map.entry("ec2:DescribeInstanceStatus", "see whether instances are well"),
            Map.entry("elasticloadbalancing:AddTags", "write down who blue is"),
            Map.entry("elasticloadbalancing:CreateRule", "make the production rule"),
            Map.entry("elasticloadbalancing:DeleteRule", "delete the production rule"),
            Map.entry("elasticloadbalancing:DescribeRules", "see how traffic is routed"),
            Map.entry("elasticloadbalancing:DescribeTags", "see who blue is"),
            Map.entry("elasticloadbalancing:DescribeTargetHealth", "see whether targets are healthy"),
            Map.entry("elasticloadbalancing:ModifyRule", "change how traffic is routed"),
            Map.entry("iam:PassRole", "hand over the role that it must"),
            Map.entry("lambda:InvokeFunction", "call the function"),
            Map.entry("logs:CreateLogStream", "write its log"),
            Map.entry("logs:PutLogEvents", "write its log"),
            Map.entry("s3:GetObject", "fetch a revision"),
            Map.entry("s3:GetObjectVersion", "fetch a revision"),
            Map.entry("s3:PutObject", "store a revision"),
            Map.entry("scheduler:CreateSchedule", "make an appointment"),
            Map.entry("scheduler:DeleteSchedule", "cancel an appointment"),
            Map.entry("scheduler:UpdateSchedule", "move an appointment"));

    private Cannot() {}

    /** {@code size a fleet}; the action itself where there is no word for it. */
    static String of(String action) {
        return WORDS.getOrDefault(action, "do " + action);
    }
}
