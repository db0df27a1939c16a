package io.selfheal.healer.aws.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS as the JDK has it, but that for the exchange of keys X25519 alone may be proposed. The JDK makes keys for two groups ahead, and
 * for the other, P-256, it first computes tables: a fifth of the processor time of a cold start. An endpoint that knows no X25519, as
 * those of FIPS, refuses the handshake, and is to be asked with everything.
 */
final class Tls extends SSLSocketFactory {
    private static final String[] QUICK = {"x25519"};
    /** Hosts and ports that would not have what is quick. */
    private static final Set<String> REFUSED = ConcurrentHashMap.newKeySet();

    private static @Nullable SSLSocketFactory full;
    private static @Nullable SSLSocketFactory quick;

    private final SSLSocketFactory sockets;

    private Tls(SSLSocketFactory sockets) {
        this.sockets = sockets;
    }

    /** For an endpoint. */
    static SSLSocketFactory towards(String authority) {
        return REFUSED.contains(authority) ? full() : quick();
    }

    /** From now on everything is proposed to it. False: it was so before. */
    static boolean refusedBy(String authority) {
        return REFUSED.add(authority);
    }

    /** Proposes X25519. One for the process: the JDK keeps connections open by the factory of their sockets. */
    static synchronized SSLSocketFactory quick() {
        SSLSocketFactory sockets = quick == null ? new Tls(full()) : quick;
        quick = sockets;
        return sockets;
    }

    /** Proposes all that the JDK has; one for the process, too. */
    private static synchronized SSLSocketFactory full() {
        SSLSocketFactory sockets = full == null ? make() : full;
        full = sockets;
        return sockets;
    }

    private static SSLSocketFactory make() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, Authorities.ofPlatform(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static Socket quick(Socket socket) {
        if (socket instanceof SSLSocket secure) {
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setNamedGroups(QUICK);
            secure.setSSLParameters(parameters);
        }
        return socket;
    }

    @Override
    public Socket createSocket() throws IOException {
        return quick(sockets.createSocket());
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        return quick(sockets.createSocket(socket, host, port, autoClose));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return quick(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return quick(sockets.createSocket(host, port, localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return quick(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return quick(sockets.createSocket(address, port, localAddress, localPort));
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return sockets.getSupportedCipherSuites();
    }
}
