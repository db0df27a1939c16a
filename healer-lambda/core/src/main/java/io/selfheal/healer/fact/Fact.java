package io.selfheal.healer.fact;

import java.time.Instant;
import java.util.function.Function;

/**
 * Something read of the world: either {@link Known} with the time of reading, or {@link Unknown} with the reason.
 * Never null and never an exception, so that whoever decides must say what happens when it could not be read.
 */
public sealed interface Fact<T> {

    record Known<T>(T value, Instant readAt) implements Fact<T> {}

    record Unknown<T>(String why) implements Fact<T> {
        public Unknown {
            if (why.isBlank()) {
                throw new IllegalArgumentException("why: must say what could not be read, was blank");
            }
        }
    }

    default <R> Fact<R> map(Function<? super T, ? extends R> change) {
        return switch (this) {
            case Known<T>(T value, Instant readAt) -> new Known<>(change.apply(value), readAt);
            case Unknown<T>(String why) -> new Unknown<>(why);
        };
    }
}
