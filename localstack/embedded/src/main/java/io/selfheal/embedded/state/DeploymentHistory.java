package io.selfheal.embedded.state;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A service's deployments, the latest first. */
public final class DeploymentHistory {
    /** AWS keeps 90 days; here the memory is the bound. */
    private static final int MAX = 100;

    private final Deque<ServiceDeployment> entries = new ArrayDeque<>();

    /** The one that was going on, if any, ends here: there is one at a time. */
    void begin(ServiceDeployment next, Instant now) {
        current()
                .ifPresent(old -> old.to(
                        ServiceDeployment.Status.STOPPED,
                        "A newer service deployment, " + next.arn() + ", replaced it.",
                        now));
        entries.addFirst(next);
        if (entries.size() > MAX) {
            entries.removeLast();
        }
    }

    /** The one that has not finished. */
    public Optional<ServiceDeployment> current() {
        return Optional.ofNullable(entries.peekFirst())
                .filter(entry -> !entry.status().finished());
    }

    public List<ServiceDeployment> all() {
        return List.copyOf(entries);
    }
}
