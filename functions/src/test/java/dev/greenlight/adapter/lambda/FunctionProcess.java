package dev.greenlight.adapter.lambda;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One execution environment of a function: a process of its own in which Lambda's runtime interface client runs the handler
 * from the unpacked zip, with nothing of this JVM but its Java.
 *
 * <p>The compiler stops at C1, as it does by default in Lambda ("Customize Java runtime startup behavior for Lambda
 * functions"). The client's native part knows Linux on x86_64 and aarch64, with glibc or musl.
 */
final class FunctionProcess implements AutoCloseable {

    private static final String NATIVE = "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    private final Path directory;
    private final RuntimeApi api;
    private final Process process;
    private final long started = System.nanoTime();
    private Optional<Duration> coldStart = Optional.empty();

    /**
     * @param function what the template says of it
     * @param taskRoot where the zip is unpacked
     * @param environment the function's variables and those of the runtime
     * @param directory an empty one for what the process writes
     */
    FunctionProcess(InstalledFunction function, Path taskRoot, Map<String, String> environment, Path directory)
            throws IOException {
        this.directory = directory;
        this.api = new RuntimeApi(function.arn());
        ProcessBuilder builder = new ProcessBuilder(command(function, directory))
                .directory(taskRoot.toFile())
                .redirectOutput(directory.resolve("stdout").toFile())
                .redirectError(directory.resolve("stderr").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
        builder.environment().put("LAMBDA_TASK_ROOT", taskRoot.toString());
        this.process = builder.start();
        process.onExit().thenAccept(gone -> api.processEnded("the process ended with status " + gone.exitValue()));
    }

    /** Whether the client's native part runs here. */
    static boolean runsHere() {
        return System.getProperty("os.name").equals("Linux")
                && List.of("amd64", "x86_64", "aarch64").contains(System.getProperty("os.arch"));
    }

    private static List<String> command(InstalledFunction function, Path directory) throws IOException {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx" + function.memory() * 3 / 4 + "m",
                "--enable-native-access=ALL-UNNAMED",
                // Left alone, every process unpacks it to one and the same file.
                "-D" + NATIVE + "=" + nativeClient(directory),
                "-cp",
                runtime(),
                AWSLambda.class.getName(),
                function.handler());
    }

    /** What the managed runtime brings along, and nothing that a function has to bring. */
    private static String runtime() {
        return Stream.of(AWSLambda.class, LambdaLogger.class, PojoSerializer.class, concurrency())
                .map(type -> Path.of(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .getPath())
                        .toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Class<?> concurrency() {
        try {
            return Class.forName("software.amazon.awssdk.utilslite.SdkInternalThreadLocal");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the runtime interface client's own needs have changed", e);
        }
    }

    private static Path nativeClient(Path directory) throws IOException {
        String libc = Files.exists(Path.of("/etc/alpine-release")) ? "linux_musl" : "linux";
        String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        Path library = directory.resolve("native.so");
        try (var in = AWSLambda.class.getResourceAsStream("/jni/libaws-lambda-jni.%s-%s.so".formatted(libc, machine))) {
            Files.copy(in, library);
        }
        return library;
    }

    RuntimeApi.Outcome call(byte[] event, Duration time) throws InterruptedException {
        RuntimeApi.Outcome outcome = api.invoke(event, time);
        if (coldStart.isEmpty()) {
            coldStart = Optional.of(Duration.ofNanos(System.nanoTime() - started));
        }
        return outcome;
    }

    /** Ends the process in the middle of whatever it does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long restored() {
        return api.restored();
    }

    /** From the process's start to its first answer. */
    Duration coldStart() {
        return coldStart.orElseThrow();
    }

    /** The most memory that the process has held so far. Source: proc_pid_status(5), VmHWM. */
    long peakMegabytes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        }
    }

    /** Everything that it has printed: what CloudWatch Logs would keep. */
    String said() throws IOException {
        return Files.readString(directory.resolve("stdout")) + Files.readString(directory.resolve("stderr"));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        api.close();
    }
}
