package io.selfheal.healer.lambda.invocation;

import java.util.concurrent.Executor;

/** A virtual thread for each piece of work, and the wait for the end of all of it, whatever it begins in turn. */
final class Work implements Executor {
    private final Object change = new Object();
    private int running;

    @Override
    public void execute(Runnable work) {
        synchronized (change) {
            running++;
        }
        Thread.ofVirtual().name("work").start(() -> {
            try {
                work.run();
            } finally {
                synchronized (change) {
                    running--;
                    change.notifyAll();
                }
            }
        });
    }

    /**
     * Returns when nothing runs any more. Not bounded: each call of a port is, and what outlasts the function's own time is ended by
     * Lambda together with the process, which is better than that it went on in the next call.
     */
    void awaitEnd() {
        boolean interrupted = false;
        synchronized (change) {
            while (running > 0) {
                try {
                    change.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
