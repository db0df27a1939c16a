package io.selfheal.demo.fault;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Which faults, on which tasks, in which order. The same seed gives the same plan. */
public final class FaultPlan {

    /** Instead of a service, where a run is about no single one. */
    private static final String EVERYWHERE = "all";

    private static final int TASKS_PER_SERVICE = 2;

    private FaultPlan() {}

    /** The faults that a list of names asks for; {@code all} stands for every one. Throws with the unknown name. */
    public static List<Fault> parse(String names) {
        Set<Fault> faults = new LinkedHashSet<>();
        for (String name : names.split(",", -1)) {
            String trimmed = name.strip();
            if (trimmed.equals("all")) {
                faults.addAll(List.of(Fault.values()));
            } else {
                faults.add(Fault.named(trimmed).orElseThrow(() -> new IllegalArgumentException(unknown(trimmed))));
            }
        }
        return List.copyOf(faults);
    }

    /** Every fault {@code runs} times, never the same one twice in a row if there are others. */
    public static List<PlannedRun> of(List<Fault> faults, int runs, long seed) {
        Random random = new Random(seed);
        List<PlannedRun> plan = new ArrayList<>();
        for (int round = 0; round < runs; round++) {
            for (Fault fault : faults) {
                List<String> services = fault.services();
                String service = services.get(random.nextInt(services.size()));
                String where = fault.ofTheWholeShop() ? EVERYWHERE : service;
                plan.add(new PlannedRun(plan.size() + 1, fault, where, random.nextInt(TASKS_PER_SERVICE)));
            }
        }
        return List.copyOf(plan);
    }

    private static String unknown(String name) {
        return name.isEmpty()
                ? "an empty fault name; './demo faults' lists them"
                : "there is no fault '" + name + "'; './demo faults' lists them";
    }
}
