package io.selfheal.shop.kit.fault;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.IntStream;

@Singleton
@Requires(bean = FaultsEnabled.class)
final class CpuBurnFault implements Fault {

    private List<Thread> threads = List.of();

    @Override
    public String name() {
        return "cpu-burn";
    }

    @Override
    public String symptom() {
        return "the process uses as many processors as there are threads; everything slows down with it";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.whole("threads", 2, 1, 64, "threads that compute without end"));
    }

    @Override
    public synchronized void start(Parameters parameters) {
        threads = IntStream.rangeClosed(1, parameters.whole("threads"))
                .mapToObj(
                        i -> Thread.ofPlatform().daemon().name("cpu-burn-" + i).start(CpuBurnFault::burn))
                .toList();
    }

    private static void burn() {
        double x = 1;
        while (!Thread.currentThread().isInterrupted() && Double.isFinite(x)) {
            x = Math.sqrt(x + 1);
        }
    }

    @Override
    public synchronized void stop() {
        threads.forEach(Thread::interrupt);
        threads = List.of();
    }
}
