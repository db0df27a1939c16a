package io.selfheal.embedded.engine;

import io.selfheal.embedded.state.Task;

/** Hears of every change of a task, with the lock held. */
interface TaskListener {
    void changed(Task task);

    /** It ended by itself or could not start. */
    void crashed(Task task);

    void healthy(Task task);
}
