package io.selfheal.shop.kit.mode;

/** A way of working that ends by itself. */
sealed interface Mode permits Degraded, Shedding {

    String name();

    /** Begins, or goes on with the new settings; {@link IllegalArgumentException} when one makes no sense. */
    void begin(ModeRequest request);

    void end();

    boolean active();

    ModeView view();
}
