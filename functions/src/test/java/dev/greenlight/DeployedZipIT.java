package dev.greenlight;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is deployed is whole, small and nothing else. Runs in {@code verify}, once the zip is built. */
class DeployedZipIT {

    private static final Path ZIP = Path.of("target", "greenlight-functions.zip");

    /** Lambda takes no larger zip without a detour through S3. Source: Lambda developer guide, "Lambda quotas". */
    private static final long LARGEST = 50L * 1024 * 1024;

    @TempDir
    private static Path unpacked;

    private static final List<String> JARS = new ArrayList<>();

    @BeforeAll
    static void unpack() throws IOException {
        try (ZipFile zip = new ZipFile(ZIP.toFile())) {
            for (ZipEntry entry : zip.stream().filter(e -> !e.isDirectory()).toList()) {
                JARS.add(entry.getName());
                Path jar = unpacked.resolve(entry.getName().replace('/', '_'));
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, jar);
                }
            }
        }
    }

    private static List<String> handlers() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.greenlight.adapter.lambda")
                        .stream()
                        .filter(c -> c.getSimpleName().endsWith("Handler"))
                        .filter(c -> !c.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(JavaClass::getName)
                        .sorted()
                        .toList();
    }

    private static URLClassLoader deployed() throws IOException {
        List<URL> urls = new ArrayList<>();
        try (var jars = Files.list(unpacked)) {
            for (Path jar : jars.sorted().toList()) {
                urls.add(jar.toUri().toURL());
            }
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    @Test
    void it_holds_jars_in_lib_where_lambda_looks_for_them() {
        assertThat(JARS).isNotEmpty().allMatch(name -> name.matches("lib/[^/]+\\.jar"));
    }

    @Test
    void every_handler_can_be_made_from_it_alone() throws Exception {
        assertThat(handlers()).hasSizeGreaterThanOrEqualTo(11);
        try (URLClassLoader loader = deployed()) {
            for (String handler : handlers()) {
                Object made =
                        Class.forName(handler, true, loader).getConstructor().newInstance();
                assertThat(made.getClass().getClassLoader()).isSameAs(loader);
            }
        }
    }

    @Test
    void one_http_client_travels_with_it_and_neither_netty_nor_apache() throws Exception {
        assertThat(JARS).noneMatch(name -> name.contains("netty") || name.contains("apache") || name.contains("crt"));
        assertThat(JARS)
                .filteredOn(name -> name.contains("url-connection-client"))
                .hasSize(1);
        try (URLClassLoader loader = deployed()) {
            assertThat(loader.getResource("io/netty/channel/Channel.class")).isNull();
            assertThat(loader.getResource("org/apache/http/client/HttpClient.class"))
                    .isNull();
        }
    }

    @Test
    void one_logging_backend_travels_with_it_and_it_is_silent() {
        assertThat(JARS)
                .filteredOn(name -> name.matches(".*(slf4j|log4j|logback|commons-logging).*"))
                .hasSize(2)
                .anyMatch(name -> name.startsWith("lib/slf4j-api-"))
                .anyMatch(name -> name.startsWith("lib/slf4j-nop-"));
    }

    @Test
    void nothing_of_the_tests_travels_with_it() {
        assertThat(JARS).noneMatch(name -> name.matches(".*(junit|assertj|archunit|sandbox|DynamoDBLocal|databind).*"));
    }

    @Test
    void no_library_is_in_it_twice() {
        assertThat(JARS.stream()
                        .map(name -> name.replaceAll("-[0-9.]+\\.jar$", ""))
                        .toList())
                .doesNotHaveDuplicates();
    }

    @Test
    void it_is_small_enough_to_be_uploaded_directly() throws IOException {
        assertThat(Files.size(ZIP)).isLessThan(LARGEST);
    }
}
