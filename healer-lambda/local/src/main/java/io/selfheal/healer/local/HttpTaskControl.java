package io.selfheal.healer.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskControl;
import io.selfheal.healer.json.JsonTrees;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/**
 * Tells tasks by their HTTP API for modes: {@code PUT} and {@code DELETE /modes/NAME} with the token that they were started
 * with. All tasks at once; a repeat only begins a mode's time anew.
 */
public final class HttpTaskControl implements TaskControl {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int LONGEST_ANSWER = 64 * 1024;
    private static final int LONGEST_REASON = 200;

    private final String token;
    private final Duration timeout;
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
        // The HTTP client would show it in the message by which it refuses to send it.
        if (token.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new IllegalArgumentException(
                    "token: expected the MODES_TOKEN of the tasks, had characters that no HTTP header holds");
        }
        this.token = token;
        this.timeout = timeout;
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

    private static Optional<Outcome> worst(List<Outcome> outcomes, Class<? extends Outcome> kind) {
        return outcomes.stream().filter(kind::isInstance).findFirst();
    }

    private Outcome tell(Task task, Order order, String reason) {
        if (task.address().isEmpty()) {
            return new Outcome.Failed(
                    "the fleet gives no address of task " + task.id().shortName());
        }
        try {
            URI mode = task.address().get().resolve("/modes/" + order.mode().word());
            return judged(task, send(new Outgoing(mode, timeout), order, reason));
        } catch (IOException failed) {
            return new Outcome.Failed("task " + task.id().shortName() + ": " + failed.getMessage());
        }
    }

    private Outgoing.Answer send(Outgoing to, Order order, String reason) throws IOException {
        return switch (order) {
            case Order.Degrade(String callee, Duration lasting) ->
                put(to, said(reason, lasting).put("dependency", callee));
            case Order.Shed(int admitPercent, Duration lasting) ->
                put(to, said(reason, lasting).put("admit", BigDecimal.valueOf(admitPercent, 2)));
            case Order.End _ ->
                to.send("DELETE", Map.of("Authorization", "Bearer " + token), new byte[0], LONGEST_ANSWER);
        };
    }

    private static ObjectNode said(String reason, Duration lasting) {
        return JsonTrees.object().put("reason", reason).put("ttl", lasting.toString());
    }

    private Outgoing.Answer put(Outgoing to, ObjectNode body) throws IOException {
        return to.send(
                "PUT",
                Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json"),
                JsonTrees.write(body).getBytes(StandardCharsets.UTF_8),
                LONGEST_ANSWER);
    }

    private Outcome judged(Task task, Outgoing.Answer answer) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return new Outcome.Accepted("HTTP " + status);
        }
        String said = answer.body().replace(token, "[token]").strip().replaceAll("\\s+", " ");
        String why = "task " + task.id().shortName() + " answered HTTP " + status + " "
                + (said.length() > LONGEST_REASON ? said.substring(0, LONGEST_REASON) + "…" : said);
        // Too many requests is no answer to the question.
        return status >= 400 && status < 500 && status != 429 ? new Outcome.Refused(why) : new Outcome.Failed(why);
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
