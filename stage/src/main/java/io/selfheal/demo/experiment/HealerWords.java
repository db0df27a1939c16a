package io.selfheal.demo.experiment;

import io.selfheal.demo.fleet.Task;
import io.selfheal.demo.watch.Incident;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The healer's history in a person's words. An event that is new to us is told as it is. */
final class HealerWords {

    /** A task's id is too long to read. */
    private static final Pattern LONG_ID = Pattern.compile("\\b([0-9a-f]{8})[0-9a-f]{24}\\b");

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

    /** Empty for what a person need not hear: the healer also hears what ECS does, and that alerts end. */
    static String of(Incident incident, Incident.Entry entry) {
        String action = action(entry);
        String detail = LONG_ID.matcher(entry.detail()).replaceAll("$1");
        return switch (entry.event()) {
            case "SIGNAL" -> entry.reason().equals("ALERT_FIRING") ? join("the healer hears", detail) : "";
            case "ACT" -> join(words(entry.reason()), detail) + " → " + action;
            case "ACTED" -> join(action, detail);
            case "FAILED" -> join(action + " failed", detail);
            case "RESOLVE" -> join("the healer closes the incident of " + incident.service(), detail);
            case "ESCALATE" -> join("the healer calls a person", words(entry.reason()), detail);
            case "VERIFY" -> join("the healer verifies", detail);
            case "WAIT" -> join("the healer waits", words(entry.reason()), detail);
            case "SUPPRESS" -> join("the healer holds back", words(entry.reason()), detail);
            case "REVERT" -> join("the healer takes back " + action, detail);
            // A later healer may know more events: told as they are.
            default -> join("the healer: " + words(entry.event()), words(entry.reason()), detail);
        };
    }

    private static String words(String reason) {
        return reason.toLowerCase(Locale.ROOT).replace('_', ' ');
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
