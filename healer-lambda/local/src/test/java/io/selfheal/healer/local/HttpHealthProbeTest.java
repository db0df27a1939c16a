package io.selfheal.healer.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.HealthProbe;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.Task.FleetHealth;
import io.selfheal.healer.fleet.TaskHealth;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.fleet.TaskStatus;
import io.selfheal.healer.testkit.HealthProbeContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HttpHealthProbeTest extends HealthProbeContract {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    // Whoever answers is waited for, however busy the machine is; only those who never do cost the short one.
    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final TaskId ID = new TaskId("arn:aws:ecs:us-east-1:000000000000:task/selfheal/1");

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    @Nested
    class GivenAnAnswer {

        @Test
        void when2xx_thenHealthy() throws Exception {
            assertThat(health(serving(200, "{\"status\":\"UP\"}"))).isEqualTo(new TaskHealth.Healthy());
        }

        @Test
        void when503WithAHealthDocument_thenUnreadyNamesWhatIsDown() throws Exception {
            String micronaut = """
                    {"name":"order","status":"DOWN","details":{
                      "diskSpace":{"name":"order","status":"UP"},
                      "readiness":{"name":"order","status":"DOWN"},
                      "jdbc":{"name":"order","status":"DOWN","details":{"jdbc:h2":{"status":"DOWN"}}}}}""";

            assertThat(health(serving(503, micronaut)))
                    .isEqualTo(new TaskHealth.Unready("HTTP 503: readiness DOWN, jdbc DOWN"));
        }

        @Test
        void whenAnotherStatusWithoutADocument_thenUnreadyNamesTheStatus() throws Exception {
            assertThat(health(serving(500, "<html>oops</html>"))).isEqualTo(new TaskHealth.Unready("HTTP 500"));
            assertThat(health(serving(404, ""))).isEqualTo(new TaskHealth.Unready("HTTP 404"));
        }

        @Test
        void whenTheBodyNeverEnds_thenTheStatusCounts() throws Exception {
            String half = "\r\nContent-Length: 100\r\n\r\nhalf";

            assertThat(health(saying("HTTP/1.1 200 OK" + half))).isEqualTo(new TaskHealth.Healthy());
            assertThat(health(probe(SHORT), saying("HTTP/1.1 503 Unavailable" + half)))
                    .isEqualTo(new TaskHealth.Unready("HTTP 503"));
        }
    }

    @Nested
    class GivenNoAnswer {

        @Test
        void whenTheTaskHangs_thenUnresponsive() throws Exception {
            assertThat(health(probe(SHORT), saying("")))
                    .isEqualTo(new TaskHealth.Unresponsive("no answer within 300 ms"));
        }

        @Test
        void whenBytesComeButNoStatus_thenUnresponsiveAtTheDeadline() throws Exception {
            assertThat(health(probe(SHORT), saying("HTTP/1.1 ")))
                    .isEqualTo(new TaskHealth.Unresponsive("no answer within 300 ms"));
        }

        @Test
        void whenNothingListens_thenUnresponsive() throws Exception {
            int port;
            try (ServerSocket gone = new ServerSocket(0)) {
                port = gone.getLocalPort();
            }
            assertThat(health(Optional.of(URI.create("http://127.0.0.1:" + port))))
                    .isInstanceOf(TaskHealth.Unresponsive.class);
        }

        @Test
        void whenItIsNoHttp_orTheConnectionEnds_thenUnresponsive() throws Exception {
            assertThat(health(saying("SSH-2.0-OpenSSH\r\n\r\n", true)))
                    .isEqualTo(new TaskHealth.Unresponsive("did not answer in HTTP"));
            assertThat(health(saying("", true))).isInstanceOf(TaskHealth.Unresponsive.class);
        }
    }

    @Nested
    class GivenManyTasks {

        @Test
        void whenAllHang_thenAllAreAskedAtOnce_andEachHasAnAnswer() throws Exception {
            Optional<URI> hung = saying("");
            List<Task> tasks = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                tasks.add(task(new TaskId("arn:task/" + i), hung));
            }
            Map<TaskId, Fact<TaskHealth>> answers = probe(Duration.ofSeconds(2)).probe(tasks);

            assertThat(answers).hasSize(200);
            assertThat(answers.values())
                    .allMatch(answer -> answer instanceof Fact.Known<TaskHealth>(TaskHealth.Unresponsive u, Instant at)
                            && at.equals(NOW));
        }

        @Test
        void whenATaskHasNoUsableAddress_thenItIsUnknown_andTheOthersAreAsked() throws Exception {
            TaskId other = new TaskId("arn:task/other");
            TaskId tls = new TaskId("arn:task/tls");
            Map<TaskId, Fact<TaskHealth>> answers = probe().probe(List.of(
                    task(ID, Optional.empty()),
                    task(tls, Optional.of(URI.create("https://127.0.0.1:1"))),
                    task(other, serving(200, ""))));

            assertThat(answers.get(ID)).isInstanceOf(Fact.Unknown.class);
            assertThat(answers.get(tls)).isInstanceOf(Fact.Unknown.class);
            assertThat(answers.get(other)).isEqualTo(new Fact.Known<>(new TaskHealth.Healthy(), NOW));
        }
    }

    @Override
    protected HealthProbe probe() {
        return probe(PATIENT);
    }

    @Override
    protected Task healthyTask() {
        return task(new TaskId("arn:task/healthy"), always(200));
    }

    @Override
    protected Task unreadyTask() {
        return task(new TaskId("arn:task/unready"), always(503));
    }

    @Override
    protected Task deadTask() {
        return task(new TaskId("arn:task/dead"), Optional.of(URI.create("http://127.0.0.1:1")));
    }

    private static HealthProbe probe(Duration timeout) {
        return new HttpHealthProbe(HttpHealthProbe.DEFAULT_PATH, timeout, InstantSource.fixed(NOW));
    }

    private Optional<URI> always(int status) {
        try {
            return serving(status, "");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private TaskHealth health(Optional<URI> address) {
        return health(probe(), address);
    }

    private static TaskHealth health(HealthProbe probe, Optional<URI> address) {
        Fact<TaskHealth> answer = probe.probe(List.of(task(ID, address))).get(ID);
        if (answer instanceof Fact.Known<TaskHealth>(TaskHealth health, Instant readAt)) {
            assertThat(readAt).isEqualTo(NOW);
            return health;
        }
        throw new AssertionError("expected a known health, was " + answer);
    }

    private static Task task(TaskId id, Optional<URI> address) {
        return new Task(id, "order:1", TaskStatus.RUNNING, FleetHealth.UNKNOWN, address, Optional.of(NOW));
    }

    private Optional<URI> serving(int status, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        open.add(() -> server.stop(0));
        server.createContext("/health", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    /** Takes connections, says something and then nothing more. */
    private Optional<URI> saying(String what) throws IOException {
        return saying(what, false);
    }

    private Optional<URI> saying(String what, boolean thenCloses) throws IOException {
        ServerSocket server = new ServerSocket(0, 300, InetAddress.getLoopbackAddress());
        open.add(server);
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket connection = server.accept();
                    open.add(connection);
                    connection.getOutputStream().write(what.getBytes(StandardCharsets.US_ASCII));
                    if (thenCloses) {
                        connection.close();
                    }
                }
            } catch (IOException closed) {
                Thread.currentThread().interrupt();
            }
        });
        return Optional.of(URI.create("http://127.0.0.1:" + server.getLocalPort()));
    }
}
