package dev.greenlight.sandbox.world;

/** A lifecycle hook on the launch of instances, such as the one that CodeDeploy puts on the Auto Scaling groups that it knows. */
@FunctionalInterface
public interface LaunchHook {

    /** The instance runs and waits until the completion is used; never called while the world's lock is held. */
    void launched(String instanceId, Completion completion);

    /** The hook's answer for one instance; what comes after the first answer, or after the hook's timeout, changes nothing. */
    interface Completion {

        /** Lets the instance into service. */
        void continue_();

        /** Gives the instance up: it is terminated, and its group launches another, without end. */
        void abandon();
    }
}
