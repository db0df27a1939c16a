package io.selfheal.embedded.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The faults that wait for their calls; the first that concerns a call is used. */
final class Faults {
    private final List<Fault> waiting = new ArrayList<>();

    synchronized void add(Fault fault) {
        waiting.add(fault);
    }

    synchronized void clear() {
        waiting.clear();
    }

    synchronized Optional<Fault> take(String operation) {
        for (int i = 0; i < waiting.size(); i++) {
            Fault fault = waiting.get(i);
            if (fault.concerns(operation)) {
                Optional<Fault> next = fault.next();
                if (next.isPresent()) {
                    waiting.set(i, next.get());
                } else {
                    waiting.remove(i);
                }
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }

    synchronized ObjectNode json() {
        ObjectNode node = Json.object();
        ArrayNode list = node.putArray("faults");
        waiting.forEach(fault -> list.add(fault.json()));
        return node;
    }
}
