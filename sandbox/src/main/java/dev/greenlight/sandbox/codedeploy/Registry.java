package dev.greenlight.sandbox.codedeploy;

import static dev.greenlight.sandbox.codedeploy.SimulatedCodeDeploy.refused;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.codedeploy.model.ApplicationAlreadyExistsException;
import software.amazon.awssdk.services.codedeploy.model.ApplicationDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.ApplicationNameRequiredException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentConfigAlreadyExistsException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentConfigDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupAlreadyExistsException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupNameRequiredException;

/** The applications and their deployment groups. Guarded by the lock of {@link Deployments}. */
final class Registry {

    private final Map<String, Map<String, Group>> applications = new LinkedHashMap<>();
    private final Map<String, Configuration> configurations = new LinkedHashMap<>();

    String addApplication(String name) {
        if (name == null) {
            throw refused(ApplicationNameRequiredException.builder(), "Application name is required");
        }
        if (applications.putIfAbsent(name, new LinkedHashMap<>()) != null) {
            throw refused(
                    ApplicationAlreadyExistsException.builder(),
                    "An application with the name \"" + name + "\" already exists.");
        }
        return Ids.uuid("application " + name).toString();
    }

    Group addGroup(
            String application,
            String name,
            String autoScalingGroup,
            Configuration configuration,
            List<String> targetGroups) {
        Map<String, Group> groups = application(application);
        if (groups.containsKey(name)) {
            throw refused(
                    DeploymentGroupAlreadyExistsException.builder(),
                    "Deployment group name already exists: " + name + " for application: " + application);
        }
        Group group = new Group(
                application,
                name,
                Ids.uuid("group " + application + "/" + name).toString(),
                autoScalingGroup,
                configuration,
                targetGroups);
        groups.put(name, group);
        return group;
    }

    /** Forgets the application; no effect when there is none. */
    void removeApplication(String name) {
        applications.remove(name);
    }

    /** Forgets the group; no effect when there is none. */
    void removeGroup(String application, String name) {
        Optional.ofNullable(applications.get(application)).ifPresent(groups -> groups.remove(name));
    }

    Group group(String application, String name) {
        Map<String, Group> groups = application(application);
        if (name == null) {
            throw refused(DeploymentGroupNameRequiredException.builder(), "Deployment group name is required");
        }
        return Optional.ofNullable(groups.get(name))
                .orElseThrow(() -> refused(
                        DeploymentGroupDoesNotExistException.builder(), "No Deployment Group found for name: " + name));
    }

    void addConfiguration(Configuration configuration) {
        if (configurations.putIfAbsent(configuration.name(), configuration) != null) {
            throw refused(
                    DeploymentConfigAlreadyExistsException.builder(),
                    "Deployment configuration name already exists: " + configuration.name());
        }
    }

    /** Forgets the configuration; no effect when there is none. */
    void removeConfiguration(String name) {
        configurations.remove(name);
    }

    /** The configuration of that name. */
    Configuration configuration(String name) {
        for (Configuration known : List.of(Configuration.ALL_AT_ONCE, Configuration.ONE_AT_A_TIME)) {
            if (known.name().equals(name)) {
                return known;
            }
        }
        return Optional.ofNullable(configurations.get(name))
                .orElseThrow(() -> refused(
                        DeploymentConfigDoesNotExistException.builder(),
                        "No Deployment Configuration found for name: " + name));
    }

    private Map<String, Group> application(String name) {
        if (name == null) {
            throw refused(ApplicationNameRequiredException.builder(), "Application name is required");
        }
        return Optional.ofNullable(applications.get(name))
                .orElseThrow(() ->
                        refused(ApplicationDoesNotExistException.builder(), "No application found for name: " + name));
    }
}
