package dev.greenlight.counterpart;

import dev.greenlight.port.FleetsContract;
import dev.greenlight.port.HookExecutionsContract;
import dev.greenlight.port.InstallerContract;
import dev.greenlight.port.MetricsContract;
import dev.greenlight.port.PipelineJobsContract;
import dev.greenlight.port.TrafficRouterContract;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;

/**
 * All clauses in which a counterpart is known to depart from AWS's pages, each with the page. The sandbox is never among them: where
 * it departs, it is mended.
 */
final class Departures {

    static final List<Departure> ALL = List.of(
            new Departure(
                    Counterpart.MOTO,
                    TrafficRouterContract.class,
                    "instances_that_a_fleet_has_lost_are_no_targets_of_it",
                    "its groups leave the instances that they terminate among the targets",
                    "expected: 0 healthy",
                    "Use Elastic Load Balancing to distribute incoming application traffic in your Auto Scaling group"),
            new Departure(
                    Counterpart.MOTO,
                    FleetsContract.class,
                    "a_group_that_is_not_there_can_be_given_no_sizes",
                    "it fails with 500 where a request names no group of its own",
                    "UNAVAILABLE",
                    "Common errors"),
            // moto 5.2 answers 500 to what it does not know.
            new Departure(
                    Counterpart.MOTO,
                    PipelineJobsContract.class,
                    "a_job_that_is_done_is_answered_once",
                    "it has no PutJobSuccessResult",
                    "Status Code: 500",
                    "PutJobSuccessResult"),
            new Departure(
                    Counterpart.MOTO,
                    PipelineJobsContract.class,
                    "a_job_that_goes_on_says_so",
                    "it has no PutJobSuccessResult",
                    "Status Code: 500",
                    "PutJobSuccessResult"),
            new Departure(
                    Counterpart.MOTO,
                    PipelineJobsContract.class,
                    "a_job_that_failed_is_answered_once",
                    "it has no PutJobFailureResult",
                    "Status Code: 500",
                    "PutJobFailureResult"),
            new Departure(
                    Counterpart.MOTO,
                    PipelineJobsContract.class,
                    "a_job_that_nobody_offered_is_left_alone",
                    "it has no PutJobSuccessResult",
                    "Status Code: 500",
                    "PutJobSuccessResult"),
            new Departure(
                    Counterpart.MOTO,
                    HookExecutionsContract.class,
                    "a_hook_that_is_completed_is_left_alone_from_then_on",
                    "it has no PutLifecycleEventHookExecutionStatus",
                    "Status Code: 500",
                    "PutLifecycleEventHookExecutionStatus"),
            new Departure(
                    Counterpart.MOTO,
                    HookExecutionsContract.class,
                    "a_hook_of_a_deployment_that_never_was_is_a_fault",
                    "it has no PutLifecycleEventHookExecutionStatus",
                    "UNAVAILABLE",
                    "PutLifecycleEventHookExecutionStatus"),
            new Departure(
                    Counterpart.MOTO,
                    InstallerContract.class,
                    "stopping_what_is_not_there_does_nothing",
                    "it has no StopDeployment",
                    "Status Code: 500",
                    "StopDeployment"),
            new Departure(
                    Counterpart.MOTO,
                    InstallerContract.class,
                    "a_deployment_that_was_stopped_has_failed_and_says_so",
                    "it has no StopDeployment",
                    "Status Code: 500",
                    "StopDeployment"),
            unreadable("a_revision_is_installed_on_all_instances_of_the_fleet"),
            unreadable("an_installation_that_has_just_begun_runs"),
            unreadable("the_deployment_is_asked_for_as_documented"),
            unreadable("a_call_that_forgot_its_deployment_adopts_it"),
            unreadable("another_deployment_in_the_group_is_waited_for"),
            new Departure(
                    Counterpart.MOTO,
                    MetricsContract.class,
                    "a_new_alarm_has_no_data_yet",
                    "a new alarm is OK at once",
                    "=NO_DATA",
                    "PutMetricAlarm"),
            new Departure(
                    Counterpart.MOTO,
                    MetricsContract.class,
                    "an_alarm_that_is_defined_anew_goes_on_firing_since_it_fired",
                    "an update makes any alarm OK",
                    "=OK",
                    "PutMetricAlarm"),
            new Departure(
                    Counterpart.MOTO,
                    MetricsContract.class,
                    "an_alarm_that_fired_before_the_moment_asked_about_fires_already",
                    "it leaves out StateTransitionedTimestamp",
                    "FIRING_ALREADY",
                    "MetricAlarm"),
            new Departure(
                    Counterpart.MOTO,
                    MetricsContract.class,
                    "the_slowest_hundredth_is_told_in_milliseconds",
                    "it knows no percentiles",
                    "Status Code: 500",
                    "CloudWatch statistics definitions"));

    private Departures() {}

    /** No answer that holds a deployment can be read by the SDK. */
    private static Departure unreadable(String clause) {
        return new Departure(
                Counterpart.MOTO,
                InstallerContract.class,
                clause,
                "it writes a deployment's createTime as text where the API has a number",
                "Unable to unmarshall response",
                "DeploymentInfo");
    }

    static Optional<Departure> of(Counterpart counterpart, Method clause) {
        return ALL.stream()
                .filter(d -> d.counterpart() == counterpart)
                .filter(d -> d.contract() == clause.getDeclaringClass())
                .filter(d -> d.clause().equals(clause.getName()))
                .findFirst();
    }
}
