package io.selfheal.healer.testkit;

import io.selfheal.healer.control.Intervention;
import io.selfheal.healer.control.Interventions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What people told the healer, for tests. */
public final class InMemoryInterventions implements Interventions {
    private final List<Intervention> all = new ArrayList<>();

    @Override
    public synchronized void add(Intervention intervention) {
        all.add(intervention);
    }

    @Override
    public synchronized List<Intervention> newest(int limit) {
        return all.reversed().stream()
                .sorted(Comparator.comparing(Intervention::at).reversed())
                .limit(limit)
                .toList();
    }
}
