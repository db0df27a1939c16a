package io.selfheal.healer.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.control.Silence;
import io.selfheal.healer.control.Silences;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.json.JsonTrees;
import io.selfheal.healer.policy.Matcher;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The silences of Alertmanager ({@code GET /api/v2/silences}, prometheus/alertmanager api/v2/openapi.yaml). They are read in
 * the background and kept, so that no decision waits for Alertmanager; what is kept too long is no longer known.
 */
public final class AlertmanagerSilences implements Silences {
    // A silence is about 0.5 KB, and Alertmanager lists those that ended in the last five days, too.
    private static final int MAX_BYTES = 8 * 1024 * 1024;

    /** The last reading that succeeded, and why the latest one did not. */
    private record Kept(List<Silence> silences, Optional<Instant> readAt, String trouble) {}

    private final Outgoing silences;
    private final Duration goodFor;
    private final InstantSource clock;
    private volatile Kept kept = new Kept(List.of(), Optional.empty(), "not read yet");

    /**
     * Asks nothing yet.
     *
     * @param alertmanager base URL, with a path when it has a route prefix
     * @param timeout bound of one read as a whole
     * @param goodFor how long a reading may be gone by
     */
    public AlertmanagerSilences(URI alertmanager, Duration timeout, Duration goodFor, InstantSource clock) {
        String base = alertmanager.toString();
        this.silences = new Outgoing(URI.create(base + (base.endsWith("/") ? "" : "/") + "api/v2/silences"), timeout);
        this.goodFor = goodFor;
        this.clock = clock;
    }

    @Override
    public Fact<List<Silence>> active(Instant now) {
        Kept last = kept;
        return last.readAt()
                .filter(at -> !at.plus(goodFor).isBefore(now))
                .<Fact<List<Silence>>>map(at -> new Fact.Known<>(
                        last.silences().stream()
                                .filter(silence -> silence.holds(now))
                                .toList(),
                        at))
                .orElseGet(() -> new Fact.Unknown<>("Alertmanager: " + last.trouble()
                        + last.readAt().map(at -> ", last read at " + at).orElse("")));
    }

    /** Reads them anew. What cannot be read keeps the last reading, until that is too old, and throws saying why. */
    public void refresh() {
        Instant readAt = clock.instant();
        try {
            kept = new Kept(read(), Optional.of(readAt), "no new reading came");
        } catch (IOException unreadable) {
            kept = new Kept(kept.silences(), kept.readAt(), String.valueOf(unreadable.getMessage()));
            throw new IllegalStateException("silences cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private List<Silence> read() throws IOException {
        Outgoing.Answer answer = silences.get(MAX_BYTES);
        if (answer.status() != 200) {
            throw new IOException("HTTP " + answer.status());
        }
        return parse(answer.body());
    }

    /** Throws IOException, whatever is wrong with the document, and nothing else. */
    static List<Silence> parse(String body) throws IOException {
        JsonNode document = JsonTrees.read(body);
        if (!document.isArray()) {
            throw new IOException("its answer is not a list of silences");
        }
        List<Silence> read = new ArrayList<>();
        for (JsonNode one : document) {
            // One that is still to come may begin before the next reading.
            if (!one.path("status").path("state").asText().equals("expired")) {
                read.add(silence(one));
            }
        }
        return read;
    }

    /** One that is not understood might be about anything: then none counts as read. */
    private static Silence silence(JsonNode json) throws IOException {
        String id = json.path("id").asText();
        try {
            List<Matcher> matchers = new ArrayList<>();
            for (JsonNode matcher : json.path("matchers")) {
                matchers.add(matcher(matcher));
            }
            return new Silence(
                    id,
                    matchers,
                    json.path("comment").asText(),
                    json.path("createdBy").asText(),
                    OffsetDateTime.parse(json.path("startsAt").asText()).toInstant(),
                    OffsetDateTime.parse(json.path("endsAt").asText()).toInstant());
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new IOException("silence " + id + " cannot be understood: " + e.getMessage(), e);
        }
    }

    private static Matcher matcher(JsonNode json) {
        if (!json.path("name").isTextual()
                || !json.path("value").isTextual()
                || !json.path("isRegex").isBoolean()) {
            throw new IllegalArgumentException("matchers: expected name, value and isRegex, was " + json);
        }
        // Alertmanager before 0.22 knew no negative matchers and says nothing about it.
        boolean equal = json.path("isEqual").asBoolean(true);
        return Matcher.of(
                json.path("name").asText(),
                equal,
                json.path("isRegex").asBoolean(),
                json.path("value").asText());
    }
}
