package io.selfheal.healer.simulation;

import java.util.Map;

/** Bugs on purpose: in the policies, or between the engine and the world. */
final class Mutants {

    private Mutants() {}

    static Map<String, Twist> all() {
        Bugs bugs = new Bugs();
        GuardrailMutants.into(bugs);
        ClaimMutants.into(bugs);
        FactMutants.into(bugs);
        MemoryMutants.into(bugs);
        CauseMutants.into(bugs);
        return bugs.all();
    }
}
