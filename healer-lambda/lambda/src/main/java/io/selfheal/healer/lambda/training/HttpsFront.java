package io.selfheal.healer.lambda.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AWS as a process finds it, over HTTPS at the names that the SDK makes out of the region, where there are only endpoints on
 * loopback that speak HTTP: a proxy that ends the TLS of whatever is called through it. Only a JVM that is started with its
 * {@link #flags} goes there and believes it.
 */
public final class HttpsFront implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpsFront.class);
    private static final Pattern CONNECT = Pattern.compile("CONNECT ([^ :]+):443 HTTP/1\\.[01]\r\n");
    /** An endpoint here need not answer to AWS's names. */
    private static final Pattern HOST = Pattern.compile("(?m)^Host: [^\r]+");
    /** TLS's own. */
    private static final int PIECE = 16 * 1024;
    /** Of what a client says before TLS begins. */
    private static final int LONGEST = 10_000;

    private final SSLContext context;
    private final Path authorities;
    private final Function<String, URI> behind;
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    /**
     * Opens it.
     *
     * @param folder for its certificates
     * @param behind what a name of AWS, for example {@code ecs.us-east-1.amazonaws.com}, stands for
     */
    public HttpsFront(Path folder, Function<String, URI> behind) throws IOException {
        Certificates certificates = Certificates.in(folder);
        this.context = certificates.context();
        this.authorities = certificates.authorities();
        this.behind = behind;
        Thread.startVirtualThread(this::open);
    }

    /** Of a JVM that is to find AWS here. It trusts the JDK's authorities and one more. */
    public List<String> flags() {
        return List.of(
                "-Djavax.net.ssl.trustStore=" + authorities,
                "-Dhttps.proxyHost=127.0.0.1",
                "-Dhttps.proxyPort=" + door.getLocalPort());
    }

    private void open() {
        while (!door.isClosed()) {
            try {
                Socket caller = door.accept();
                Thread.startVirtualThread(() -> serve(caller));
            } catch (IOException e) {
                LOG.debug("this is closed: {}", e.getMessage());
            }
        }
    }

    private void serve(Socket caller) {
        try (caller) {
            // Else a head waits for its body, or a body for the receipt of its head: 40 ms each, which AWS has not.
            caller.setTcpNoDelay(true);
            URI endpoint = behind.apply(name(caller.getInputStream()));
            caller.getOutputStream().write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            // This side is TLS's server: nothing of it was read yet.
            Socket secure = context.getSocketFactory().createSocket(caller, null, true);
            Socket inner = new Socket(endpoint.getHost(), endpoint.getPort());
            inner.setTcpNoDelay(true);
            Thread back = Thread.startVirtualThread(() -> carry(inner, secure, Function.identity()));
            carry(secure, inner, said -> HOST.matcher(said).replaceFirst("Host: " + endpoint.getAuthority()));
            back.join();
        } catch (IOException e) {
            LOG.debug("a caller hung up: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String name(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0 && head.length() < LONGEST) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("nothing was asked for");
            }
            head.append((char) next);
        }
        Matcher connect = CONNECT.matcher(head);
        if (!connect.lookingAt()) {
            throw new IOException("no CONNECT to a port 443: " + head);
        }
        return connect.group(1);
    }

    /** What was said at once is changed at once: a request's head is, as it is no longer than what TLS sends in one piece. */
    private static void carry(Socket from, Socket to, Function<String, String> change) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] said = new byte[PIECE];
            for (int length = in.read(said); length >= 0; length = in.read(said)) {
                String changed = change.apply(new String(said, 0, length, StandardCharsets.ISO_8859_1));
                out.write(changed.getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            LOG.debug("one of them hung up, and both are closed: {}", e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
