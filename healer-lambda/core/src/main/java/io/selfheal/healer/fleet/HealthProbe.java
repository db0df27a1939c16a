package io.selfheal.healer.fleet;

import io.selfheal.healer.fact.Fact;
import java.util.Collection;
import java.util.Map;

/** Port: asks tasks themselves how they are. All tasks at once, bounded in time, never throws. Thread-safe. */
public interface HealthProbe {

    /** One entry for each task given; Unknown where a task cannot be asked, for example without an address. */
    Map<TaskId, Fact<TaskHealth>> probe(Collection<Task> tasks);
}
