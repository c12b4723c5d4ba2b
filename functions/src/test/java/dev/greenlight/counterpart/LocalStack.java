package dev.greenlight.counterpart;

import cloud.localstack.Localstack;
import cloud.localstack.docker.annotation.LocalstackDockerConfiguration;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** LocalStack, a simulation of AWS in a container: one for all tests of a JVM, started by localstack-utils. */
final class LocalStack {

    /** What a test says that is skipped because there is no Docker. */
    static final String ABSENT = "Docker does not answer: start it, and this test runs over LocalStack, too";

    /** The image's tag; another one can be given. It must say "Ready." in its log, for which localstack-utils waits. */
    private static final String TAG = System.getProperty("greenlight.localstack.tag", "3.8.1");

    private static final int DOCKER_SECONDS = 20;

    private static URI running;

    private LocalStack() {}

    /** Whether Docker answers. */
    static boolean canRun() {
        try {
            Process asked = new ProcessBuilder("docker", "info")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean answered = asked.waitFor(DOCKER_SECONDS, TimeUnit.SECONDS);
            asked.destroyForcibly();
            return answered && asked.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static synchronized URI endpoint() {
        if (running == null) {
            Localstack.INSTANCE.startup(
                    LocalstackDockerConfiguration.builder().imageTag(TAG).build());
            Runtime.getRuntime().addShutdownHook(new Thread(Localstack.INSTANCE::stop, "localstack-ends"));
            running = URI.create("http://localhost:" + Localstack.INSTANCE.getEdgePort());
        }
        return running;
    }
}
