package io.selfheal.healer.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** Ends a healer as {@code kill -9} does, at a chosen call of a port: before the call takes effect, or right after. */
public final class Killing {

    /** No handler of the engine catches it, as none can catch a kill. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed(String where) {
            super(where);
        }
    }

    private final AtomicInteger calls = new AtomicInteger();
    private final int at;
    private final boolean afterwards;

    /** Kills at the call of that number, the first being 1. */
    public Killing(int at, boolean afterwards) {
        this.at = at;
        this.afterwards = afterwards;
    }

    public boolean happened() {
        return calls.get() >= at;
    }

    /** The port, as long as the healer lives. */
    public <T> T watching(Class<T> port, T adapter) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (_, method, args) -> {
            int call = calls.incrementAndGet();
            String where = "call " + call + ", " + method.getName();
            if (call > at || (call == at && !afterwards)) {
                throw new Killed("before " + where);
            }
            try {
                Object result = method.invoke(adapter, args);
                if (call == at) {
                    throw new Killed("after " + where);
                }
                return result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
