package io.selfheal.demo.twins;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Measures programs in turns: in each round all are started anew, in an order of its own, and get their requests first one after the other, then again backwards, so
 * that what changes on the machine meets all of them alike. Started anew, since two processes of one program differ for as long as they live, by what their compilers
 * chose: the rounds of one process are one value many times over.
 */
final class Rounds {

    private static final int WARM_UPS = 3;
    private static final int TRIES = 3;
    private static final double MILLIS = 1000;
    /** The same orders in each run. */
    private static final long SEED = 1;

    private final Function<Subject, Running> starter;
    private final ClosedLoop clients;
    private final int requests;
    private final Consumer<String> say;

    Rounds(Function<Subject, Running> starter, ClosedLoop clients, int requests, Consumer<String> say) {
        this.starter = starter;
        this.clients = clients;
        this.requests = requests;
        this.say = say;
    }

    Map<String, Measured> measure(List<Subject> all, int rounds) {
        Map<String, Measured> measured = new LinkedHashMap<>();
        all.forEach(each -> measured.put(each.name(), new Measured(each.name())));
        Random random = new Random(SEED);
        for (int round = 1; round <= rounds; round++) {
            List<Subject> order = new ArrayList<>(all);
            Collections.shuffle(order, random);
            List<Running> running = order.stream().map(starter).toList();
            for (Running each : running) {
                clients.prime(each.url());
                clients.send(each.url(), WARM_UPS * requests);
            }
            Map<String, Double> cpu = thereAndBack(running);
            cpu.forEach((name, seconds) -> find(measured, name).cpu(MILLIS * seconds / (2.0 * requests)));
            for (Running each : running) {
                Measured its = find(measured, each.subject().name());
                its.resident(each.process().residentMegabytes());
                if (each.subject().java()) {
                    allocate(each, its);
                }
                each.stop();
            }
            say.accept("round %d of %d: %s".formatted(round, rounds, told(all, cpu)));
        }
        return measured;
    }

    private Map<String, Double> thereAndBack(List<Running> all) {
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
                return;
            }
        }
    }

    private String told(List<Subject> all, Map<String, Double> cpu) {
        return all.stream()
                .map(each -> "%s %.3f ms".formatted(each.name(), MILLIS * find(cpu, each.name()) / (2.0 * requests)))
                .collect(Collectors.joining(", "));
    }

    private static <T> T find(Map<String, T> all, String name) {
        return Objects.requireNonNull(all.get(name), name);
    }
}
