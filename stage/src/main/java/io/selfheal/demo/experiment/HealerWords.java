package io.selfheal.demo.experiment;

import io.selfheal.demo.fleet.Task;
import io.selfheal.demo.watch.Incident;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The healer's history in a person's words. An event that is new to us is told as it is. */
final class HealerWords {

    private HealerWords() {}

    static Beat.Kind kind(Incident.Entry entry) {
        return switch (entry.event()) {
            case "SIGNAL" -> Beat.Kind.ALERT;
            case "ACT" -> Beat.Kind.DIAGNOSIS;
            case "ACTED", "FAILED", "REVERT" -> Beat.Kind.ACTION;
            case "VERIFY", "RESOLVE" -> Beat.Kind.VERIFIED;
            case "ESCALATE" -> Beat.Kind.ACTION;
            default -> Beat.Kind.WAIT;
        };
    }

    static String of(Incident incident, Incident.Entry entry) {
        String action = action(entry);
        return switch (entry.event()) {
            case "SIGNAL" -> join("the healer hears", entry.detail());
            case "ACT" -> join("the healer decides: " + action, entry.detail());
            case "ACTED" -> join(action + " issued", entry.detail());
            case "FAILED" -> join(action + " failed", entry.detail());
            case "RESOLVE" ->
                join("the healer has verified it and closes the incident of " + incident.service(), entry.detail());
            case "ESCALATE" -> join("the healer calls a person", entry.reason(), entry.detail());
            case "VERIFY" -> join("the healer verifies", entry.detail());
            default -> join("the healer: " + entry.event().toLowerCase(Locale.ROOT), entry.reason(), entry.detail());
        };
    }

    private static String action(Incident.Entry entry) {
        return entry.actionTask().isEmpty()
                ? entry.actionKind()
                : entry.actionKind() + " " + Task.shortId(entry.actionTask());
    }

    private static String join(String first, String... more) {
        return Stream.concat(Stream.of(first), Stream.of(more))
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(": "));
    }
}
