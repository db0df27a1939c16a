package io.selfheal.embedded.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Hands out free loopback ports. They come from below the ports that systems give to outgoing connections (32768 and up on Linux), so
 * that a busy client cannot take one between its being chosen and its being bound.
 */
public final class Ports {
    private static final int FIRST = 20_000;
    private static final int BEHIND_LAST = 32_000;
    private static final int TRIES = 1_000;

    private final Set<Integer> taken = new HashSet<>();
    private final RandomGenerator random;

    public Ports(RandomGenerator random) {
        this.random = random;
    }

    public synchronized int take() {
        for (int i = 0; i < TRIES; i++) {
            int port = random.nextInt(FIRST, BEHIND_LAST);
            if (!taken.contains(port) && free(port)) {
                taken.add(port);
                return port;
            }
        }
        throw new IllegalStateException("no free port between " + FIRST + " and " + BEHIND_LAST);
    }

    public synchronized void giveBack(int port) {
        taken.remove(port);
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
