package io.selfheal.healer.lambda.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What the function is called with: by whom, and so what it is to answer. */
public sealed interface Event {

    /** Time has passed: the schedule says so. */
    record Tick() implements Event {}

    /** A batch out of a queue; the answer names those that failed. */
    record Batch(List<Entry> entries) implements Event {
        public Batch {
            entries = List.copyOf(entries);
        }
    }

    /**
     * One message of a batch.
     *
     * @param id empty: it has none, so that only the batch as a whole can fail
     * @param inOrder whether its queue keeps an order, so that none may overtake one that failed
     * @param record as it came
     */
    record Entry(String id, String body, boolean inOrder, JsonNode record) {}

    /** An HTTP request by a function URL or an API Gateway; the answer is a response. */
    record Request(JsonNode request) implements Event {}

    /** Anything else, by whoever may invoke the function: CloudWatch, EventBridge, SNS. There is nobody to answer to. */
    record Message() implements Event {}
}
