package io.selfheal.healer.server.http;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.selfheal.healer.incident.IncidentArchive;
import io.selfheal.healer.incident.IncidentArchive.Page;
import io.selfheal.healer.incident.IncidentArchive.Window;
import io.selfheal.healer.rehearsal.SignalHistory;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Enumeration;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Hands out the signals that the healer recorded, in the form that the command backtest reads. */
@Controller("/signals/history")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ExportController {
    private static final MediaType LINES = MediaType.of("application/jsonl");
    private static final int PAGE = 200;

    private final IncidentArchive archive;
    private final ServiceNames names;
    private final Clock clock;

    ExportController(IncidentArchive archive, ServiceNames names, Clock clock) {
        this.archive = archive;
        this.names = names;
        this.clock = clock;
    }

    /**
     * Hands out recorded signals, one JSON object a line. Page by page from the store, so that a long history needs no memory.
     *
     * @param since a time, or how long ago: P30D
     * @param until a time, or how long ago; left out: now
     * @param service only those about this service: its name, or cluster/name
     * @return the signals by the time at which they came
     */
    @Get(produces = "application/jsonl")
    StreamedFile export(
            @QueryValue(defaultValue = "P30D") String since,
            @Nullable @QueryValue String until,
            @Nullable @QueryValue String service) {
        TimeSpan span = TimeSpan.parse(since, until, clock.instant());
        Window first = new Window(
                Optional.ofNullable(service).map(names::parse), span.since(), span.until(), Optional.empty(), PAGE);
        // The first page is read now: a store that is away is still answered with 503.
        return new StreamedFile(new SequenceInputStream(new Pages(first)), LINES);
    }

    /** Each page as bytes, read when the one before it is on its way. */
    @SuppressWarnings("JdkObsolete") // SequenceInputStream takes nothing newer.
    private final class Pages implements Enumeration<InputStream> {
        private final Window window;
        private @Nullable Page page;

        Pages(Window window) {
            this.window = window;
            this.page = archive.signals(window);
        }

        @Override
        public boolean hasMoreElements() {
            return page != null;
        }

        @Override
        public InputStream nextElement() {
            Page current = page;
            if (current == null) {
                throw new NoSuchElementException("every page was handed out");
            }
            page = current.next().map(this::after).orElse(null);
            return new ByteArrayInputStream(lines(current).getBytes(StandardCharsets.UTF_8));
        }

        private Page after(String cursor) {
            return archive.signals(
                    new Window(window.service(), window.since(), window.until(), Optional.of(cursor), window.limit()));
        }
    }

    private static String lines(Page page) {
        return page.entries().stream()
                .flatMap(entry -> SignalHistory.of(entry).stream())
                .map(signal -> SignalHistory.write(signal) + "\n")
                .collect(Collectors.joining());
    }
}
