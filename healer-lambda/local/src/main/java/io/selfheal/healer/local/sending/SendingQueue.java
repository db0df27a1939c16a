package io.selfheal.healer.local.sending;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A bounded queue and the one thread that takes out of it, in order. Never blocks whoever adds. How often to try, and what becomes of
 * what cannot be sent, is the business of whoever sends.
 */
public final class SendingQueue<T> implements AutoCloseable {

    /** Sends a batch or gives it up; the next one waits for that. */
    @FunctionalInterface
    public interface Sending<T> {
        void send(List<T> batch) throws InterruptedException;
    }

    private sealed interface Order<T> {}

    private record Item<T>(T value) implements Order<T> {}

    private record Flush<T>(CompletableFuture<Boolean> done) implements Order<T> {}

    private final BlockingQueue<Order<T>> waiting;
    private final int largestBatch;
    private final Sending<T> sending;
    private final Thread sender;

    /** Starts it. */
    public SendingQueue(String thread, int maxWaiting, int largestBatch, Sending<T> sending) {
        this.waiting = new ArrayBlockingQueue<>(maxWaiting);
        this.largestBatch = largestBatch;
        this.sending = sending;
        this.sender = Thread.ofVirtual().name(thread).start(this::sendAll);
    }

    /** False: too many are waiting, and this one is not taken. */
    public boolean add(T value) {
        return waiting.offer(new Item<>(value));
    }

    /**
     * Waits until what was added is sent or given up, for a process that may stand still from now on. False: that took longer than it
     * may, and goes on where the process does.
     */
    public boolean flush(Duration atMost) {
        Flush<T> flush = new Flush<>(new CompletableFuture<>());
        long bound = Math.max(0, atMost.toMillis());
        try {
            return waiting.offer(flush, bound, TimeUnit.MILLISECONDS)
                    && flush.done().get(bound, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException late) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        sender.interrupt();
    }

    private void sendAll() {
        try {
            while (true) {
                List<Order<T>> orders = new ArrayList<>(List.of(waiting.take()));
                waiting.drainTo(orders, largestBatch - 1);
                List<T> batch = new ArrayList<>();
                List<CompletableFuture<Boolean>> asked = new ArrayList<>();
                for (Order<T> order : orders) {
                    switch (order) {
                        case Item<T>(T value) -> batch.add(value);
                        case Flush<T>(CompletableFuture<Boolean> done) -> asked.add(done);
                    }
                }
                if (!batch.isEmpty()) {
                    sending.send(batch);
                }
                asked.forEach(done -> done.complete(true));
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
