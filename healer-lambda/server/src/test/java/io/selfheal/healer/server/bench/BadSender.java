package io.selfheal.healer.server.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Sends bad requests one after the other over one connection, so many a second, and looks at each answer's status. */
final class BadSender implements AutoCloseable {
    private static final List<BadRequest> ALL = List.of(BadRequest.values());
    /** One of so many needs a connection of its own. */
    private static final int OVERSIZED = 200;

    private final int port;
    private final Map<BadRequest, byte[]> bytes = new EnumMap<>(BadRequest.class);
    private Socket socket;
    private InputStream in;
    private long sent;

    BadSender(int port) throws IOException {
        this.port = port;
        ALL.forEach(kind -> bytes.put(kind, kind.bytes()));
        connect();
    }

    private void connect() throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Only one kind of request, or all in turn. */
    long sendUntil(long endNanos, double perSecond, List<BadRequest> kinds) throws IOException {
        long begun = System.nanoTime();
        long count = 0;
        for (long now = begun; now < endNanos; now = System.nanoTime()) {
            long due = begun + (long) (count * 1e9 / perSecond);
            if (due > now) {
                LockSupport.parkNanos(due - now);
                continue;
            }
            send(next(kinds));
            count++;
        }
        return count;
    }

    private BadRequest next(List<BadRequest> kinds) {
        sent++;
        BadRequest kind = kinds.get((int) (sent % kinds.size()));
        return kind == BadRequest.OVERSIZED && kinds.size() > 1 && sent % OVERSIZED != 0 ? BadRequest.NO_TOKEN : kind;
    }

    private void send(BadRequest kind) throws IOException {
        if (kind == BadRequest.OVERSIZED) {
            reconnect();
        }
        socket.getOutputStream().write(bytes.get(kind));
        int status = answer();
        if (status != kind.status()) {
            throw new IllegalStateException(kind.word() + ": expected " + kind.status() + ", was " + status);
        }
        if (kind == BadRequest.OVERSIZED) {
            reconnect();
        }
    }

    private void reconnect() throws IOException {
        socket.close();
        connect();
    }

    private int answer() throws IOException {
        String head = head();
        int status = Integer.parseInt(head.substring(9, 12));
        int at = head.indexOf("content-length: ");
        if (at < 0) {
            throw new IllegalStateException("an answer without a length: " + head);
        }
        in.skipNBytes(Long.parseLong(head.substring(at + 16, head.indexOf("\r\n", at))));
        return status;
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder(256);
        while (head.length() < 4 || head.lastIndexOf("\r\n\r\n") != head.length() - 4) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("hung up on after: " + head);
            }
            head.append((char) Character.toLowerCase(next));
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
