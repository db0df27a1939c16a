package io.selfheal.healer.lambda.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Endpoints over HTTPS, as AWS has them, in front of those that speak HTTP; with a certificate that only who is told believes. */
public final class TlsFront implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TlsFront.class);
    private static final String PASSWORD = "changeit";

    private final Path authorities;
    private final SSLContext context;
    private final List<SSLServerSocket> doors = new ArrayList<>();

    public TlsFront(Path folder) throws IOException {
        Path keys = folder.resolve("tls-front.p12");
        Path certificate = folder.resolve("tls-front.crt");
        authorities = folder.resolve("authorities.p12");
        keytool("-genkeypair -alias front -keyalg EC -dname CN=127.0.0.1 -ext SAN=ip:127.0.0.1", keys);
        keytool("-exportcert -alias front -file " + certificate, keys);
        Files.copy(Path.of(System.getProperty("java.home"), "lib", "security", "cacerts"), authorities);
        keytool("-importcert -noprompt -alias front -file " + certificate, authorities);
        context = context(keys);
    }

    /** Those of the JDK and the one of this. */
    public Path authorities() {
        return authorities;
    }

    /** The same environment with each endpoint of AWS over HTTPS. */
    public Map<String, String> inFrontOf(Map<String, String> environment) throws IOException {
        Map<String, String> secured = new HashMap<>(environment);
        for (Map.Entry<String, String> entry : environment.entrySet()) {
            if (entry.getKey().startsWith("AWS_ENDPOINT_URL")) {
                secured.put(entry.getKey(), before(URI.create(entry.getValue())).toString());
            }
        }
        return secured;
    }

    private URI before(URI behind) throws IOException {
        SSLServerSocket door = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        doors.add(door);
        Thread.startVirtualThread(() -> open(door, behind));
        return URI.create("https://127.0.0.1:" + door.getLocalPort());
    }

    private static void open(SSLServerSocket door, URI behind) {
        while (!door.isClosed()) {
            try {
                Socket caller = door.accept();
                Socket inner = new Socket(behind.getHost(), behind.getPort());
                Thread.startVirtualThread(() -> carry(caller, inner));
                Thread.startVirtualThread(() -> carry(inner, caller));
            } catch (IOException e) {
                LOG.debug("a caller hung up, or this is closed: {}", e.getMessage());
            }
        }
    }

    private static void carry(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            LOG.debug("one of them hung up, and both are closed: {}", e.getMessage());
        }
    }

    private static void keytool(String arguments, Path store) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments.split(" ")));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (keytool.waitFor() != 0) {
                throw new IOException("keytool failed: " + arguments);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static SSLContext context(Path keys) throws IOException {
        try (InputStream file = Files.newInputStream(keys)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(file, PASSWORD.toCharArray());
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (SSLServerSocket door : doors) {
            door.close();
        }
    }
}
