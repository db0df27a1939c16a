package io.selfheal.healer.server.console;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.sse.Event;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import org.reactivestreams.Publisher;

/** Tells how things are now, once or for as long as somebody listens. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class NowController {

    private final NowReader reader;
    private final Feed feed;

    NowController(NowReader reader, Feed feed) {
        this.reader = reader;
        this.feed = feed;
    }

    /**
     * Shows what the healer sees and does at this moment: services and tasks, open incidents, what people stopped, budgets.
     *
     * @return how things are; what could not be read is named in problems
     */
    @Get("/now")
    NowView now() {
        return reader.read();
    }

    /**
     * Tells the same whenever it changes, and every five seconds at least, as server-sent events of the type now.
     *
     * @return a stream without an end; at most 32 are open at a time
     */
    @Get(value = "/events", produces = MediaType.TEXT_EVENT_STREAM)
    HttpResponse<Publisher<Event<String>>> events() {
        feed.requireRoom();
        return HttpResponse.ok(feed.open()).header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
