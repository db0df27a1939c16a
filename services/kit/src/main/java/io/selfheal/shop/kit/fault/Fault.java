package io.selfheal.shop.kit.fault;

import java.util.List;

/** Something that can be made to go wrong in this instance, and be mended again. */
interface Fault {

    String name();

    /** What is seen from outside while it is active; one line. */
    String symptom();

    /** False for a control: a disturbance that nobody should react to. */
    default boolean isFault() {
        return true;
    }

    /** True when an active one has nothing left to do and only waits to be ended. */
    default boolean isSpent() {
        return false;
    }

    default List<Parameter> parameters() {
        return List.of();
    }

    /** Begins; never blocks. Called only while not active. */
    void start(Parameters parameters);

    /** Ends and lets go of everything taken; never blocks. Called only while active. */
    void stop();
}
