package io.selfheal.healer.testkit;

import io.selfheal.healer.control.Interventions;

class InMemoryInterventionsTest extends InterventionsContract {
    private final InMemoryInterventions interventions = new InMemoryInterventions();

    @Override
    protected Interventions interventions() {
        return interventions;
    }
}
