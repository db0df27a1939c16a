package io.selfheal.embedded.api;

import io.selfheal.embedded.state.Arns;
import io.selfheal.embedded.state.Cluster;
import io.selfheal.embedded.state.Task;
import io.selfheal.embedded.wire.AwsException;
import java.util.Optional;

/** A task's id or ARN, as a request names it. */
record TaskReference(String given, String id) {
    static TaskReference of(String reference) {
        if (reference.startsWith("arn:") && !reference.contains(":task/")) {
            throw AwsException.invalidParameter("Task Identifier is invalid");
        }
        String id = Arns.name(reference);
        if (id.length() != 32 && id.length() != 36) {
            throw AwsException.invalidParameter("taskId length should be one of [32,36]");
        }
        return new TaskReference(reference, id);
    }

    Optional<Task> in(Cluster cluster) {
        return cluster.task(id).filter(t -> !isArn() || t.arn().equals(given));
    }

    /** Also of a task that is not there. */
    String arn(Arns arns, Cluster cluster) {
        return isArn() ? given : arns.task(cluster.name(), given);
    }

    private boolean isArn() {
        return given.startsWith("arn:");
    }
}
