package io.selfheal.healer.server.console;

import io.micronaut.http.sse.Event;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** One open console: what it was not yet told is one text, the newest. Thread-safe. */
final class FeedReader implements Subscription {

    private final Subscriber<? super Event<String>> subscriber;
    private final Consumer<FeedReader> gone;
    private long wanted;
    private @Nullable String waiting;
    private boolean telling;
    private boolean over;

    FeedReader(Subscriber<? super Event<String>> subscriber, Consumer<FeedReader> gone) {
        this.subscriber = subscriber;
        this.gone = gone;
    }

    void begin() {
        subscriber.onSubscribe(this);
    }

    synchronized void tell(String text) {
        waiting = text;
        pass();
    }

    @Override
    public synchronized void request(long more) {
        wanted = wanted + more < 0 ? Long.MAX_VALUE : wanted + more;
        pass();
    }

    @Override
    public synchronized void cancel() {
        over = true;
        waiting = null;
        gone.accept(this);
    }

    synchronized void end() {
        if (!over) {
            cancel();
            subscriber.onComplete();
        }
    }

    /** Being told one, a console asks for the next: that comes back here, and must wait until this one is done. */
    private void pass() {
        if (telling) {
            return;
        }
        telling = true;
        while (!over && wanted > 0 && waiting != null) {
            String text = waiting;
            waiting = null;
            wanted--;
            subscriber.onNext(Event.of(text).name("now"));
        }
        telling = false;
    }
}
