package io.selfheal.healer.server.wiring;

/**
 * Gives memory back that a storm or the start left behind. The serial collector, which suits so small a heap, shrinks it only
 * in a full collection, and in quiet times none ever comes: seen, 100 MB kept for ever after a few bodies of 10 MB.
 */
final class SpareMemory {

    /** A full collection of this heap takes some 50 ms: not worth it for less, and needed every minute or two for this much. */
    private static final long WORTH_IT = 4L << 20;

    /** What was in use after the last time; one beat at a time reads and writes it. */
    private volatile long inUse;

    void giveBack() {
        Runtime memory = Runtime.getRuntime();
        if (memory.totalMemory() - inUse > WORTH_IT) {
            System.gc();
            inUse = memory.totalMemory() - memory.freeMemory();
        }
    }
}
