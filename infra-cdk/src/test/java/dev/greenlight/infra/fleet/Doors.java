package dev.greenlight.infra.fleet;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Load balancers with TLS on loopback, each with a certificate of its own that it signed itself. */
final class Doors implements AutoCloseable {

    private static final String PASSWORD = "changeit";

    private final Path directory;
    private final Map<String, Backend> doors = new HashMap<>();

    private Doors(Path directory) {
        this.directory = directory;
    }

    static Doors open(Path directory) throws Exception {
        Doors opened = new Doors(directory);
        for (String host : List.of("shop.example.com", "elsewhere.example.com")) {
            opened.doors.put(host, opened.make(host));
        }
        return opened;
    }

    private Backend make(String host) throws Exception {
        Path store = directory.resolve(host + ".p12");
        keytool(store, "-genkeypair", "-keyalg", "EC", "-dname", "CN=" + host, "-ext", "san=dns:" + host);
        keytool(store, "-exportcert", "-rfc", "-file", certificate(host).toString());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(Backend.loopback(), 64);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return Backend.on(server, "seen by nobody", asked -> 204);
    }

    private static void keytool(Path store, String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                arguments[0],
                "-alias",
                "door",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(arguments).subList(1, arguments.length));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
    }

    Backend of(String host) {
        return doors.get(host);
    }

    /** The file by which the door for that host is known. */
    Path certificate(String host) {
        return directory.resolve(host + ".pem");
    }

    @Override
    public void close() {
        doors.values().forEach(Backend::close);
    }
}
