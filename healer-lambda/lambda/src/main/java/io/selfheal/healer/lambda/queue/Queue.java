package io.selfheal.healer.lambda.queue;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** A queue to send to. */
@FunctionalInterface
public interface Queue {

    /**
     * Sends one message.
     *
     * @param attributes texts by name, none of them empty
     * @param delay before anybody gets it, in whole seconds and at most fifteen minutes
     * @throws IOException when it is not known to have arrived
     */
    void send(String body, Map<String, String> attributes, Duration delay) throws IOException;
}
