package io.selfheal.demo.http;

import java.time.Duration;

/** What a request came to: an answer, or the reason why there was none. */
public sealed interface Reply {

    Duration took();

    /** An answer of any status. */
    record Answer(int status, String body, Duration took) implements Reply {}

    /** No answer: refused, reset, or too late. */
    record NoAnswer(String why, Duration took) implements Reply {}

    /** Whether it is an answer that a user is happy with. */
    default boolean ok() {
        return this instanceof Answer answer && answer.status() >= 200 && answer.status() < 300;
    }

    /** In two words for a person. */
    default String brief() {
        return switch (this) {
            case Answer answer -> "HTTP " + answer.status();
            case NoAnswer none -> none.why();
        };
    }
}
