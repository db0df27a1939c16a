package io.selfheal.demo.watch;

import io.selfheal.demo.http.Http;
import io.selfheal.demo.http.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Keeps the healer off one service for a while, as a person can; nothing to do where there is no healer. */
public final class HealerSwitch {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final Optional<URI> healer;
    private final String token;

    public HealerSwitch(Optional<URI> healer, String token) {
        this.healer = healer;
        this.token = token;
    }

    /** Whether there is one. */
    public boolean isThere() {
        return healer.isPresent();
    }

    /** Until {@link #resume}, or until the time is over whatever becomes of the stage; the reason, on why it refused, or empty. */
    public Optional<String> pause(String scope, Duration time, String reason) {
        return post("/pause", """
                {"scope":"%s","reason":"%s","ttl":"%s","owner":"stage"}""".formatted(scope, reason, time));
    }

    /** Lets it in again. */
    public Optional<String> resume(String scope) {
        return post("/resume", """
                {"scope":"%s"}""".formatted(scope));
    }

    /** What went wrong, if anything. */
    private Optional<String> post(String path, String body) {
        return healer.flatMap(base -> {
            Map<String, String> headers = Map.of("Authorization", "Bearer " + token);
            Reply reply = Http.send("POST", base.resolve(path), headers, body, TIMEOUT);
            return reply.ok() ? Optional.empty() : Optional.of("POST " + path + ": " + reply.brief());
        });
    }
}
