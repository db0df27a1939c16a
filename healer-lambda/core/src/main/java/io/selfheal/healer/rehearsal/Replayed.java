package io.selfheal.healer.rehearsal;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentId;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one policy file made of a recorded history. */
final class Replayed {
    private final String policy;
    private final Map<IncidentId, Course> byId = new HashMap<>();
    private final Map<String, Course> courses = new LinkedHashMap<>();
    private final Map<String, Integer> decisions = new TreeMap<>();
    private int moot;

    Replayed(String policy) {
        this.policy = policy;
    }

    void moot() {
        moot++;
    }

    void opened(ServiceId service, IncidentId id, Instant at) {
        Course course = new Course(service, at);
        byId.put(id, course);
        courses.put(course.key(), course);
    }

    void wrote(Incident incident, List<HistoryEntry> entries) {
        Course course = byId.get(incident.id());
        if (course == null) {
            throw new IllegalStateException("never opened: " + incident.id());
        }
        course.add(entries, incident.state().phase());
        for (HistoryEntry entry : entries) {
            String kind =
                    entry.action().map(action -> " " + action.kind().word()).orElse("");
            decisions.merge(entry.event() + " " + entry.reason() + kind, 1, Integer::sum);
        }
    }

    String policy() {
        return policy;
    }

    /** In the order of their opening. */
    Map<String, Course> courses() {
        return courses;
    }

    Map<String, Integer> decisions() {
        return decisions;
    }

    Map<String, Integer> states() {
        Map<String, Integer> states = new TreeMap<>();
        courses.values().forEach(course -> states.merge(course.state().name(), 1, Integer::sum));
        return states;
    }

    /** Signals that the replay had no use for, since what they are about was over already. */
    int mootSignals() {
        return moot;
    }
}
