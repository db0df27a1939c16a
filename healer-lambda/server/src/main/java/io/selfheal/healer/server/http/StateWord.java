package io.selfheal.healer.server.http;

import io.selfheal.healer.incident.IncidentState;
import java.util.Arrays;
import java.util.Locale;

/** The states of an incident as the API writes them. */
enum StateWord {
    OPEN,
    ACTING,
    VERIFYING,
    SETTLING,
    RESOLVED,
    ESCALATED;

    static StateWord of(IncidentState state) {
        return switch (state) {
            case IncidentState.Open _ -> OPEN;
            case IncidentState.Acting _ -> ACTING;
            case IncidentState.Verifying _ -> VERIFYING;
            case IncidentState.Settling _ -> SETTLING;
            case IncidentState.Resolved _ -> RESOLVED;
            case IncidentState.Escalated _ -> ESCALATED;
        };
    }

    static StateWord parse(String text) {
        String word = text.toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(value -> value.name().equals(word))
                .findFirst()
                .orElseThrow(() -> RequestRefusedException.badRequest(
                        "state: expected one of " + Arrays.toString(values()) + ", was '" + text + "'"));
    }
}
