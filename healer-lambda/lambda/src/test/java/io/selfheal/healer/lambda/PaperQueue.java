package io.selfheal.healer.lambda;

import io.selfheal.healer.lambda.queue.Queue;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A queue that keeps what it was sent, in the order in which it came. */
final class PaperQueue implements Queue {

    record Sent(String body, Map<String, String> attributes, Duration delay) {}

    private final List<Sent> sent = new ArrayList<>();
    private boolean away;

    @Override
    public synchronized void send(String body, Map<String, String> attributes, Duration delay) throws IOException {
        if (away) {
            throw new IOException("no answer");
        }
        sent.add(new Sent(body, attributes, delay));
    }

    synchronized List<Sent> sent() {
        return List.copyOf(sent);
    }

    synchronized Sent last() {
        return sent.getLast();
    }

    synchronized void away(boolean value) {
        away = value;
    }
}
