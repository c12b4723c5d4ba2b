package dev.greenlight.sandbox.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleAppTest {

    @TempDir
    Path root;

    private final Served served = new Served();
    private InstanceServer server;

    @BeforeEach
    void boot() {
        server = new InstanceServer(root, InstantSource.system(), served);
    }

    @AfterEach
    void kill() {
        server.close();
    }

    private record Reply(int status, String version, String body) {}

    private Reply get(String path) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        try {
            int status = connection.getResponseCode();
            byte[] body = (status < 400 ? connection.getInputStream() : connection.getErrorStream()).readAllBytes();
            return new Reply(status, connection.getHeaderField(InstanceServer.VERSION_HEADER), new String(body, UTF_8));
        } finally {
            connection.disconnect();
        }
    }

    /** Does by hand what CodeDeploy's agent does with a bundle; the simulated one has tests of its own. */
    private Map<String, String> unpack(byte[] zip) throws IOException {
        Map<String, String> names = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path file = root.resolve("archive").resolve(entry.getName());
                Files.createDirectories(file.getParent());
                byte[] content = in.readAllBytes();
                Files.write(file, content);
                names.put(entry.getName(), new String(content, UTF_8));
            }
        }
        Path release = Files.createDirectories(root.resolve("opt/checkout/release"));
        for (String name : new String[] {"version", "behaviour.properties"}) {
            Files.writeString(release.resolve(name), names.get(name));
        }
        return names;
    }

    private int script(String name) throws IOException, InterruptedException {
        ProcessBuilder script = new ProcessBuilder(
                "/bin/sh", root.resolve("archive/scripts/" + name).toString());
        script.environment().put("INSTANCE_ROOT", root.toString());
        return script.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private void release(String version, Behaviour behaviour) throws Exception {
        unpack(SampleBundle.zip(version, behaviour));
        for (String name : new String[] {"stop.sh", "install.sh", "start.sh", "validate.sh"}) {
            assertThat(script(name)).as(name).isZero();
        }
    }

    @Test
    void a_fresh_instance_answers_503_and_names_no_version() throws Exception {
        assertThat(get("/health").status()).isEqualTo(503);
        assertThat(get("/checkout").version()).isNull();
    }

    @Test
    void what_the_scripts_started_answers_with_its_version() throws Exception {
        release("v1", Behaviour.good());

        assertThat(get("/")).isEqualTo(new Reply(200, "v1", "checkout v1\n"));
        assertThat(get("/health")).isEqualTo(new Reply(200, "v1", "ok\n"));
        assertThat(get("/version")).isEqualTo(new Reply(200, "v1", "v1\n"));
        assertThat(get("/checkout")).isEqualTo(new Reply(200, "v1", "order placed\n"));
        assertThat(get("/nowhere").status()).isEqualTo(404);
    }

    @Test
    void a_release_in_place_replaces_the_one_before() throws Exception {
        release("v1", Behaviour.good());
        get("/");
        release("v2", Behaviour.good());

        assertThat(get("/version").body()).isEqualTo("v2\n");
        assertThat(served.byVersionAndPath()).isEqualTo(Map.of("v1", Map.of("/", 1L), "v2", Map.of("/version", 1L)));
    }

    @Test
    void a_stopped_app_answers_503_until_it_is_started_again() throws Exception {
        release("v1", Behaviour.good());
        get("/");
        script("stop.sh");

        assertThat(get("/").status()).isEqualTo(503);

        script("start.sh");
        assertThat(get("/").status()).isEqualTo(200);
    }

    @Test
    void an_unhealthy_release_says_so_on_health_only() throws Exception {
        release("v2", Behaviour.good().unhealthy());

        assertThat(get("/health").status()).isEqualTo(503);
        assertThat(get("/checkout").status()).isEqualTo(200);
    }

    @Test
    void a_regressed_release_is_healthy_and_fails_its_exact_share_of_one_path() throws Exception {
        release("v3", Behaviour.good().answeringAfter(Duration.ZERO).failing("/checkout", 0.3));

        int failed = 0;
        for (int i = 0; i < 50; i++) {
            failed += get("/checkout").status() == 500 ? 1 : 0;
        }

        assertThat(failed).isEqualTo(15);
        assertThat(get("/health").status()).isEqualTo(200);
        assertThat(get("/").status()).isEqualTo(200);
        assertThat(served.of("v3", "/checkout")).isEqualTo(50);
    }

    @Test
    void an_app_that_starts_slowly_answers_503_first() throws Exception {
        release("v1", Behaviour.good().startingIn(Duration.ofMinutes(10)));
        assertThat(get("/health").status()).isEqualTo(503);

        server.close();
        server = new InstanceServer(root, () -> Instant.now().plus(Duration.ofMinutes(11)), served);
        assertThat(get("/health").status()).isEqualTo(200);
    }

    @Test
    void a_release_that_fails_its_self_test_fails_validate_and_no_script_before() throws Exception {
        unpack(SampleBundle.zip("v2", Behaviour.good().failingItsSelfTest()));

        assertThat(script("stop.sh")).isZero();
        assertThat(script("install.sh")).isZero();
        assertThat(script("start.sh")).isZero();
        assertThat(script("validate.sh")).isEqualTo(1);
    }

    @Test
    void a_dead_instance_refuses_connections() {
        server.close();

        assertThatThrownBy(() -> get("/")).isInstanceOf(ConnectException.class);
    }

    @Test
    void a_bundle_holds_the_same_bytes_each_time_and_all_that_the_agent_needs() throws Exception {
        byte[] zip = SampleBundle.zip("v1", Behaviour.good());

        assertThat(zip).isEqualTo(SampleBundle.zip("v1", Behaviour.good()));
        assertThat(unpack(zip).keySet())
                .containsExactly(
                        "appspec.yml",
                        "behaviour.properties",
                        "scripts/install.sh",
                        "scripts/start.sh",
                        "scripts/stop.sh",
                        "scripts/validate.sh",
                        "version");
    }

    @Test
    void what_is_preinstalled_is_what_the_scripts_leave() throws Exception {
        Behaviour behaviour = Behaviour.good().failing("/checkout", 0.5);
        release("v1", behaviour);
        Map<String, String> byScripts = files(root.resolve("opt"));
        Path other = root.resolve("other");
        SampleBundle.preinstall(other, "v1", behaviour);

        assertThat(files(other.resolve("opt"))).isEqualTo(byScripts);
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return contents;
    }

    @Test
    void a_behaviour_survives_the_bundle_and_a_faulty_one_is_named() {
        Behaviour odd = Behaviour.good()
                .unhealthy()
                .failing("/checkout", 0.25)
                .answeringAfter(Duration.ofMillis(7))
                .startingIn(Duration.ofMillis(900))
                .failingItsSelfTest();

        assertThat(Behaviour.parse(odd.properties())).isEqualTo(odd);
        assertThatThrownBy(() -> Behaviour.parse("health=maybe")).hasMessageContaining("health");
        assertThatThrownBy(() -> Behaviour.good().failing("/", 1.5)).hasMessageContaining("0..1");
        assertThatThrownBy(() -> SampleBundle.zip("../v1", Behaviour.good())).hasMessageContaining("version");
    }
}
