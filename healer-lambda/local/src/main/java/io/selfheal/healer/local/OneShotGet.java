package io.selfheal.healer.local;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One GET on a connection of its own that ends at a deadline, whatever the other side does. HTTP/1.0, so that the answer
 * ends with the connection and never comes in chunks. A pooled client would hand out connections to a hung process.
 */
final class OneShotGet {
    // A health document is a few KB; whatever is longer is not read to its end.
    private static final int MAX_BYTES = 16 * 1024;
    private static final Pattern STATUS_LINE = Pattern.compile("^HTTP/1\\.[01] ([1-5][0-9]{2})\\b");

    record Answer(int status, String body) {}

    private final URI target;
    private final String path;
    private final Duration timeout;
    private final long deadline;

    OneShotGet(URI target, String path, Duration timeout) {
        this.target = target;
        this.path = path;
        this.timeout = timeout;
        this.deadline = System.nanoTime() + timeout.toNanos();
    }

    /** The status, and of a body that may say what is wrong as much as came in time. */
    Answer send() throws IOException {
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(target.getHost(), port()), remainingMillis());
            String request = "GET " + path + " HTTP/1.0\r\nHost: " + target.getAuthority()
                    + "\r\nAccept: application/json\r\nUser-Agent: selfheal-probe\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return read(socket);
        } catch (SocketTimeoutException late) {
            throw new SocketTimeoutException("no answer within " + timeout.toMillis() + " ms");
        }
    }

    private Answer read(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] bytes = new byte[MAX_BYTES];
        int length = 0;
        try {
            while (length < MAX_BYTES && !complete(bytes, length)) {
                socket.setSoTimeout(remainingMillis());
                int count = in.read(bytes, length, MAX_BYTES - length);
                if (count < 0) {
                    break;
                }
                length += count;
            }
        } catch (IOException cutShort) {
            // The status alone answers the question; without one this is the failure.
            if (!STATUS_LINE.matcher(text(bytes, length)).find()) {
                throw cutShort;
            }
        }
        return parse(text(bytes, length));
    }

    private static Answer parse(String answer) throws IOException {
        Matcher status = STATUS_LINE.matcher(answer);
        if (!status.find()) {
            throw new IOException(
                    answer.isEmpty() ? "closed the connection without an answer" : "did not answer in HTTP");
        }
        int head = answer.indexOf("\r\n\r\n");
        return new Answer(Integer.parseInt(status.group(1)), head < 0 ? "" : answer.substring(head + 4));
    }

    /** 2xx says it all; and a server may say how long the body is and still keep the connection open. */
    private static boolean complete(byte[] bytes, int length) {
        String answer = text(bytes, length);
        if (answer.startsWith("HTTP/1.")
                && answer.startsWith(" 2", 8)
                && STATUS_LINE.matcher(answer).find()) {
            return true;
        }
        int head = answer.indexOf("\r\n\r\n");
        if (head < 0) {
            return false;
        }
        Matcher declared =
                Pattern.compile("(?im)^content-length: *([0-9]{1,9})\\s*$").matcher(answer.substring(0, head + 2));
        return declared.find() && length >= head + 4 + Integer.parseInt(declared.group(1));
    }

    private int port() {
        return target.getPort() > 0 ? target.getPort() : 80;
    }

    private int remainingMillis() throws SocketTimeoutException {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) left;
    }

    /** One char a byte, so that positions agree; the indicators' names that are read from it are ASCII. */
    private static String text(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
}
