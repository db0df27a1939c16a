package io.selfheal.demo.watch;

import io.selfheal.demo.fleet.Task;
import java.time.Instant;

/** An alert as Alertmanager knows it; {@code task} is empty when it is about a whole service. */
public record FiringAlert(String name, String service, String task, Instant startsAt) {

    /** Whom it is about, for a person. */
    public String whom() {
        return task.isEmpty() ? service : service + " " + Task.shortId(task);
    }
}
