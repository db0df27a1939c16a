package io.selfheal.embedded.connect;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens on one port and gives each connection to the next of the current ports; one that refuses is passed over. */
public final class Forwarder implements AutoCloseable, Conversation.Tasks {
    private static final Logger LOG = System.getLogger(Forwarder.class.getName());
    private static final int BACKLOG = 1_024;
    private static final int CONNECT_TIMEOUT_MILLIS = 1_000;

    private final ServerSocket listener;
    private final AtomicInteger next = new AtomicInteger();
    private final Set<Conversation> open = ConcurrentHashMap.newKeySet();
    private volatile List<Integer> ports = List.of();

    /**
     * Listens from now on.
     *
     * @throws IOException if the port is in use
     */
    public Forwarder(int port) throws IOException {
        listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        Thread.ofVirtual().name("service connect " + port).start(this::accept);
    }

    /**
     * New connections go to these loopback ports from now on. One that is open leaves a port that is not among them as soon as
     * what it has asked there is answered.
     */
    public void route(List<Integer> hostPorts) {
        ports = List.copyOf(hostPorts);
    }

    /** Whether somebody waits for an answer from that port. */
    public boolean isBusy(int port) {
        return open.stream().anyMatch(conversation -> conversation.awaits(port));
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Conversation conversation = new Conversation(listener.accept(), this);
                open.add(conversation);
                Thread.ofVirtual().start(() -> carry(conversation));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    LOG.log(Level.WARNING, "service connect {0}: {1}", listener.getLocalPort(), e.getMessage());
                }
            }
        }
    }

    private void carry(Conversation conversation) {
        try {
            conversation.carry();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(conversation);
            conversation.close();
        }
    }

    @Override
    public boolean isRouted(int port) {
        return ports.contains(port);
    }

    @Override
    public Optional<Upstream> connect() {
        List<Integer> candidates = ports;
        int first = next.getAndIncrement() & Integer.MAX_VALUE;
        for (int i = 0; i < candidates.size(); i++) {
            int port = candidates.get((first + i) % candidates.size());
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_TIMEOUT_MILLIS);
                socket.setTcpNoDelay(true);
                return Optional.of(new Upstream(socket, port));
            } catch (IOException e) {
                Upstream.close(socket);
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "closing a listener: {0}", e.getMessage());
        }
        open.forEach(Conversation::close);
    }
}
