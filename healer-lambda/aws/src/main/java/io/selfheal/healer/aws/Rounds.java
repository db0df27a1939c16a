package io.selfheal.healer.aws;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Reads for many at once what each of them asks for alone. A round begins at once when somebody asks and nobody else did;
 * who asks while it runs goes into the next one, which lets the others who come at the same time catch up for a moment. So
 * who is alone never waits for company, and what one gets was always read after one asked. Thread-safe.
 */
final class Rounds<K, V> {
    private final int largest;
    private final int atOnce;
    private final Executor threads;
    private final Runnable moment;
    private final Function<Set<K>, Map<K, V>> reading;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<K, CompletableFuture<V>> urgent = new LinkedHashMap<>();
    private final Map<K, CompletableFuture<V>> patient = new LinkedHashMap<>();
    private int running;

    /**
     * Reads nothing yet.
     *
     * @param largest so many are read for in one round at most
     * @param atOnce so many rounds run at the same time at most
     * @param moment lets pass what those who come together are apart
     * @param reading answers for each that it is given
     */
    Rounds(int largest, int atOnce, Executor threads, Runnable moment, Function<Set<K>, Map<K, V>> reading) {
        this.largest = largest;
        this.atOnce = atOnce;
        this.threads = threads;
        this.moment = moment;
        this.reading = reading;
    }

    /** What is read from now on. The urgent come first. */
    CompletableFuture<V> ask(K key, boolean hurry) {
        lock.lock();
        try {
            CompletableFuture<V> answer = urgent.get(key);
            if (answer == null) {
                CompletableFuture<V> asked = hurry ? patient.remove(key) : patient.get(key);
                answer = asked == null ? new CompletableFuture<>() : asked;
                (hurry ? urgent : patient).put(key, answer);
            }
            if (running < atOnce) {
                boolean first = running++ == 0;
                threads.execute(() -> rounds(first));
            }
            return answer;
        } finally {
            lock.unlock();
        }
    }

    private void rounds(boolean first) {
        if (!first) {
            moment.run();
        }
        for (Map<K, CompletableFuture<V>> batch = next(); !batch.isEmpty(); batch = next()) {
            round(batch);
            moment.run();
        }
    }

    private void round(Map<K, CompletableFuture<V>> batch) {
        try {
            Map<K, V> answers = reading.apply(batch.keySet());
            for (Map.Entry<K, CompletableFuture<V>> one : batch.entrySet()) {
                answer(one, answers);
            }
        } catch (RuntimeException | Error failed) {
            batch.values().forEach(one -> one.completeExceptionally(failed));
        }
    }

    private static <K, V> void answer(Map.Entry<K, CompletableFuture<V>> one, Map<K, V> answers) {
        V value = answers.get(one.getKey());
        if (value == null) {
            one.getValue().completeExceptionally(new IllegalStateException("nothing was read of " + one.getKey()));
        } else {
            one.getValue().complete(value);
        }
    }

    private Map<K, CompletableFuture<V>> next() {
        lock.lock();
        try {
            Map<K, CompletableFuture<V>> batch = new LinkedHashMap<>();
            for (Map<K, CompletableFuture<V>> line : List.of(urgent, patient)) {
                Iterator<Map.Entry<K, CompletableFuture<V>>> first =
                        line.entrySet().iterator();
                while (first.hasNext() && batch.size() < largest) {
                    Map.Entry<K, CompletableFuture<V>> one = first.next();
                    batch.put(one.getKey(), one.getValue());
                    first.remove();
                }
            }
            running -= batch.isEmpty() ? 1 : 0;
            return batch;
        } finally {
            lock.unlock();
        }
    }
}
