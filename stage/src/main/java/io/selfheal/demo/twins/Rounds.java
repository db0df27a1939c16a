package io.selfheal.demo.twins;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures programs that all run, in turns: in each round first one after the other, then again backwards, so that what changes on the machine meets all of them
 * alike.
 */
final class Rounds {

    private static final int WARM_UPS = 3;
    private static final int TRIES = 3;
    private static final double MILLIS = 1000;

    private final ClosedLoop clients;
    private final int requests;
    private final Consumer<String> say;

    Rounds(ClosedLoop clients, int requests, Consumer<String> say) {
        this.clients = clients;
        this.requests = requests;
        this.say = say;
    }

    Map<String, Measured> measure(List<Running> all, int rounds) {
        Map<String, Measured> measured = new LinkedHashMap<>();
        all.forEach(each ->
                measured.put(each.subject().name(), new Measured(each.subject().name())));
        for (Running each : all) {
            clients.prime(each.url());
            clients.send(each.url(), WARM_UPS * requests);
        }
        for (int round = 1; round <= rounds; round++) {
            Map<String, Double> cpu = round(all);
            cpu.forEach((name, seconds) -> find(measured, name).cpu(MILLIS * seconds / (2.0 * requests)));
            say.accept("round %d of %d: %s".formatted(round, rounds, told(cpu)));
        }
        for (Running each : all) {
            Measured its = find(measured, each.subject().name());
            its.resident(each.process().residentMegabytes());
            if (each.subject().java()) {
                allocate(each, its);
            }
        }
        return measured;
    }

    private Map<String, Double> round(List<Running> all) {
        List<Running> order = new ArrayList<>(all);
        order.addAll(all.reversed());
        Map<String, Double> cpu = new LinkedHashMap<>();
        for (Running each : order) {
            double before = each.process().cpuSeconds();
            clients.send(each.url(), requests);
            cpu.merge(each.subject().name(), each.process().cpuSeconds() - before, Double::sum);
        }
        return cpu;
    }

    /** Apart from the rounds: asking the JVM takes it some time. */
    private void allocate(Running running, Measured its) {
        for (int tries = 0; tries < TRIES; tries++) {
            Allocation before = Allocation.of(running.pid());
            clients.send(running.url(), requests);
            var kb = Allocation.of(running.pid()).since(before);
            if (kb.isPresent()) {
                its.allocated(kb.get() / requests);
            }
        }
    }

    private String told(Map<String, Double> cpu) {
        StringBuilder text = new StringBuilder();
        cpu.forEach((name, seconds) -> text.append(text.isEmpty() ? "" : ", ")
                .append("%s %.3f ms".formatted(name, MILLIS * seconds / (2.0 * requests))));
        return text.toString();
    }

    private static Measured find(Map<String, Measured> all, String name) {
        Measured found = all.get(name);
        if (found == null) {
            throw new IllegalStateException("nothing is called " + name);
        }
        return found;
    }
}
