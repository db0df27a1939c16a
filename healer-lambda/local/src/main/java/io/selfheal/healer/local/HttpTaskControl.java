package io.selfheal.healer.local;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskControl;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/**
 * Tells tasks by their HTTP API for modes: {@code PUT} and {@code DELETE /modes/NAME} with the token that they were started
 * with. All tasks at once; a repeat only begins a mode's time anew.
 */
public final class HttpTaskControl implements TaskControl, AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int LONGEST_REASON = 200;

    private final String token;
    private final Duration timeout;
    private final HttpClient http;
    private final Executor threads =
            task -> Thread.ofVirtual().name("task-control").start(task);

    /** With the token of the tasks; it is sent to nobody else and shown nowhere. */
    public HttpTaskControl(String token) {
        this(token, TIMEOUT);
    }

    HttpTaskControl(String token, Duration timeout) {
        if (token.isBlank()) {
            throw new IllegalArgumentException("token: expected the MODES_TOKEN of the tasks, was blank");
        }
        this.token = token;
        this.timeout = timeout;
        this.http = Outgoing.client(timeout);
    }

    @Override
    public Outcome tell(Collection<Task> tasks, Order order, String reason) {
        List<FutureTask<Outcome>> answers = new ArrayList<>();
        for (Task task : tasks) {
            FutureTask<Outcome> question = new FutureTask<>(() -> tell(task, order, reason));
            answers.add(question);
            threads.execute(question);
        }
        List<Outcome> outcomes = answers.stream().map(HttpTaskControl::joined).toList();
        // One that failed may do it or not; one that refused does not.
        return worst(outcomes, Outcome.Failed.class)
                .or(() -> worst(outcomes, Outcome.Refused.class))
                .orElseGet(() -> new Outcome.Accepted(
                        outcomes.size() + " tasks told: " + order.mode().word()));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private static Optional<Outcome> worst(List<Outcome> outcomes, Class<? extends Outcome> kind) {
        return outcomes.stream().filter(kind::isInstance).findFirst();
    }

    private Outcome tell(Task task, Order order, String reason) {
        if (task.address().isEmpty()) {
            return new Outcome.Failed(
                    "the fleet gives no address of task " + task.id().shortName());
        }
        try {
            HttpRequest request = request(task.address().get(), order, reason);
            HttpResponse<String> answer = Outgoing.send(
                    http,
                    request,
                    HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), 16_384),
                    timeout);
            return judged(task, answer);
        } catch (IOException failed) {
            return new Outcome.Failed("task " + task.id().shortName() + ": " + failed.getMessage());
        }
    }

    private static Outcome judged(Task task, HttpResponse<String> answer) {
        int status = answer.statusCode();
        if (status >= 200 && status < 300) {
            return new Outcome.Accepted("HTTP " + status);
        }
        String said = answer.body().strip().replaceAll("\\s+", " ");
        String why = "task " + task.id().shortName() + " answered HTTP " + status + " "
                + (said.length() > LONGEST_REASON ? said.substring(0, LONGEST_REASON) + "…" : said);
        return status >= 400 && status < 500 ? new Outcome.Refused(why) : new Outcome.Failed(why);
    }

    private HttpRequest request(URI address, Order order, String reason) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        address.resolve("/modes/" + order.mode().word()))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json");
        ObjectNode body = JSON.createObjectNode().put("reason", reason);
        return switch (order) {
            case Order.Degrade(String callee, Duration lasting) ->
                put(request, body.put("dependency", callee).put("ttl", lasting.toString()));
            case Order.Shed(int admitPercent, Duration lasting) ->
                put(
                        request,
                        body.put("admit", BigDecimal.valueOf(admitPercent, 2)).put("ttl", lasting.toString()));
            case Order.End _ -> request.DELETE().build();
        };
    }

    private static HttpRequest put(HttpRequest.Builder request, ObjectNode body) throws IOException {
        return request.PUT(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
    }

    private static Outcome joined(FutureTask<Outcome> answer) {
        try {
            return answer.get();
        } catch (ExecutionException bug) {
            return new Outcome.Failed("telling a task failed: " + bug.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed("telling a task was interrupted");
        }
    }
}
