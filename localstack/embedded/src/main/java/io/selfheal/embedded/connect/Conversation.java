package io.selfheal.embedded.connect;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection. It copies bytes and understands one thing of them: who spoke last. A client that speaks after the task
 * has answered asks something new, and may ask another task, if the one that it had is to get no more. Keep-alive connections
 * thereby leave a task that is being drained without a request lost.
 */
final class Conversation {
    private static final int BUFFER = 16 * 1024;
    private static final int LINGER_SECONDS = 10;
    /** The client sees where such an answer ends; else only the end of the connection tells it. */
    private static final Pattern FRAMED = Pattern.compile(
            "^HTTP/1\\.1 (?:204|304) |\r\n(?:content-length|transfer-encoding):", Pattern.CASE_INSENSITIVE);

    /** One side says that the end of the connection is to follow the answer: the client may wait for it. */
    private static final Pattern LAST =
            Pattern.compile("HTTP/1\\.0(?:\r\n| )|\r\nconnection: *close", Pattern.CASE_INSENSITIVE);

    private static final String INTERIM = "HTTP/1.1 1";

    private final Socket client;
    private final Tasks tasks;
    private final CountDownLatch taskEnded = new CountDownLatch(1);
    private final CountDownLatch clientEnded = new CountDownLatch(1);
    private @Nullable Upstream task;
    private boolean asked;
    private boolean answered = true;
    private boolean framed = true;
    private boolean lasting = true;

    /** Where a conversation can be led. */
    interface Tasks {
        Optional<Upstream> connect();

        boolean isRouted(int port);
    }

    Conversation(Socket client, Tasks tasks) {
        this.client = client;
        this.tasks = tasks;
    }

    /** Until one side has ended; then the other has a while to finish: a client that gave up must not wait for a task that hangs. */
    void carry() throws InterruptedException {
        if (!lead()) {
            return;
        }
        try {
            client.setTcpNoDelay(true);
            byte[] bytes = new byte[BUFFER];
            for (int n = client.getInputStream().read(bytes);
                    n >= 0;
                    n = client.getInputStream().read(bytes)) {
                Upstream to = turn(bytes, n);
                if (to == null) {
                    return;
                }
                to.socket().getOutputStream().write(bytes, 0, n);
            }
            finish();
        } catch (IOException e) {
            // One side broke off: so does the other.
            close();
        } finally {
            clientEnded.countDown();
        }
    }

    /** The client has ended; the task may still answer. */
    private void finish() throws IOException, InterruptedException {
        Upstream last;
        synchronized (this) {
            last = task;
        }
        if (last != null) {
            last.socket().shutdownOutput();
            boolean unused = taskEnded.await(LINGER_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** To whom the client's next bytes go; null when there is nobody. */
    private synchronized @Nullable Upstream turn(byte[] bytes, int length) {
        if (answered) {
            lasting = !LAST.matcher(text(bytes, length)).find();
        }
        boolean free = task == null || (answered && !tasks.isRouted(task.port()));
        Upstream before = task;
        if (free && lead() && before != null) {
            before.close();
        }
        asked = true;
        answered = false;
        return task;
    }

    /** Finds a task; without one the conversation stays where it is. */
    private synchronized boolean lead() {
        Optional<Upstream> next = tasks.connect();
        next.ifPresent(upstream -> {
            task = upstream;
            Thread.ofVirtual().start(() -> answers(upstream));
        });
        return next.isPresent();
    }

    private void answers(Upstream from) {
        try {
            byte[] bytes = new byte[BUFFER];
            for (int n = from.socket().getInputStream().read(bytes);
                    n >= 0;
                    n = from.socket().getInputStream().read(bytes)) {
                heard(text(bytes, n));
                client.getOutputStream().write(bytes, 0, n);
            }
            if (!parked(from)) {
                client.shutdownOutput();
                taskEnded.countDown();
                boolean unused = clientEnded.await(LINGER_SECONDS, TimeUnit.SECONDS);
                close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            if (!parked(from)) {
                close();
            }
        }
    }

    private static String text(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    private synchronized void heard(String text) {
        if (!answered || !asked) {
            framed = FRAMED.matcher(text).find() && !LAST.matcher(text).find();
        }
        answered = !text.startsWith(INTERIM);
    }

    /** A task that is drained closes what is idle: its clients need not notice, the next one answers them. */
    private synchronized boolean parked(Upstream from) {
        if (!from.equals(task)) {
            return true;
        }
        boolean idle = answered && framed && lasting && !tasks.isRouted(from.port());
        if (idle) {
            task = null;
            from.close();
        }
        return idle;
    }

    synchronized boolean awaits(int port) {
        return !answered && task != null && task.port() == port;
    }

    void close() {
        Upstream last;
        synchronized (this) {
            last = task;
        }
        taskEnded.countDown();
        Upstream.close(client);
        if (last != null) {
            last.close();
        }
    }
}
