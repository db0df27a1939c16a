package io.selfheal.shop.kit.client;

/** May make a call to another service fail before it is made, or be made against all reason. The faults use it; nothing else should. */
public interface CallGate {

    /** Throws when the call is to fail. */
    void check(String dependency);

    /** Whether calls go on whatever fails, as if there were no circuit breaker. */
    default boolean insists() {
        return false;
    }
}
