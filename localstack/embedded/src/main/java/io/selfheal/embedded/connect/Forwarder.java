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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens on one port and gives each connection to the next of the current ports; one that refuses is passed over. */
public final class Forwarder implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Forwarder.class.getName());
    private static final int BACKLOG = 1_024;
    private static final int CONNECT_TIMEOUT_MILLIS = 1_000;
    private static final int LINGER_SECONDS = 10;

    private final ServerSocket listener;
    private final AtomicInteger next = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
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

    /** New connections go to these loopback ports from now on; those that are open stay where they are. */
    public void route(List<Integer> hostPorts) {
        ports = List.copyOf(hostPorts);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> forward(client));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    LOG.log(Level.WARNING, "service connect {0}: {1}", listener.getLocalPort(), e.getMessage());
                }
            }
        }
    }

    private void forward(Socket client) {
        Optional<Socket> task = connect();
        try {
            if (task.isPresent()) {
                open.add(task.get());
                carry(client, task.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close(client);
            task.ifPresent(this::close);
        }
    }

    /** When one side has ended the other has a while to finish: a client that gave up must not wait for a task that hangs. */
    private void carry(Socket client, Socket task) throws InterruptedException {
        CountDownLatch one = new CountDownLatch(1);
        CountDownLatch both = new CountDownLatch(2);
        Runnable ended = () -> {
            one.countDown();
            both.countDown();
        };
        Thread.ofVirtual().start(() -> pump(client, task, ended));
        Thread.ofVirtual().start(() -> pump(task, client, ended));
        one.await();
        if (!both.await(LINGER_SECONDS, TimeUnit.SECONDS)) {
            LOG.log(Level.DEBUG, "service connect {0}: one side does not end", listener.getLocalPort());
        }
    }

    private Optional<Socket> connect() {
        List<Integer> candidates = ports;
        int first = next.getAndIncrement() & Integer.MAX_VALUE;
        for (int i = 0; i < candidates.size(); i++) {
            Socket socket = new Socket();
            try {
                int port = candidates.get((first + i) % candidates.size());
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_TIMEOUT_MILLIS);
                return Optional.of(socket);
            } catch (IOException e) {
                close(socket);
            }
        }
        return Optional.empty();
    }

    /** Copies until the end of input, then says so to the other side, which may still answer. */
    private void pump(Socket from, Socket to, Runnable ended) {
        try {
            from.setTcpNoDelay(true);
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // One side broke off: so does the other.
            close(from);
            close(to);
        } finally {
            ended.run();
        }
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "closing a connection: {0}", e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "closing a listener: {0}", e.getMessage());
        }
        open.forEach(this::close);
    }
}
