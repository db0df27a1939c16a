package io.selfheal.healer.report;

import static io.selfheal.healer.report.Markdown.head;
import static io.selfheal.healer.report.Markdown.row;
import static io.selfheal.healer.report.Markdown.text;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.HistoryEntry.Event;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentState;
import io.selfheal.healer.incident.TrackedAlert;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A draft of an incident's postmortem in Markdown: what the healer knows, and blanks for what only people know. The same
 * input gives the same text; nothing that came from outside can be more in it than words.
 */
public final class Postmortem {
    /** Users may have felt the fault before the first alert began: rules look back over 20 s to 2 min. */
    private static final Duration BEFORE = Duration.ofMinutes(1);
    /** What an action went by, with lines of logs in it, is read here in full or nowhere. */
    private static final int LONGEST_GROUNDS = 2000;

    private final Incident incident;
    private final List<HistoryEntry> history;
    private final Times times;

    public Postmortem(Incident incident, List<HistoryEntry> history) {
        this.incident = incident;
        this.history = List.copyOf(history);
        this.times = Times.of(incident, history);
    }

    /** From when on users may have felt it. */
    public Instant from() {
        return times.start().minus(BEFORE);
    }

    /** Until when: while it goes on, until now. */
    public Instant to(Instant now) {
        return Times.end(incident).orElse(now);
    }

    public String markdown(Fact<Impact> impact) {
        return "# Postmortem: " + text(title()) + "\n\n"
                + "*A draft, written by the healer from its history. What only people know is to be filled in.*\n\n"
                + summary()
                + "\n## Impact\n\n"
                + impact(impact)
                + "\n## Times\n\n"
                + times()
                + "\n## Timeline\n\n"
                + timeline()
                + "\n## Evidence\n\n"
                + alerts()
                + grounds()
                + "\n## Actions\n\n"
                + actions()
                + "\n## What was not done, and why\n\n"
                + refusals()
                + "\n## To be filled in\n\n"
                + "- Root cause:\n- What went well, what did not:\n- What is to be changed, by whom, until when:\n";
    }

    private String title() {
        return incident.alerts().stream()
                        .findFirst()
                        .map(tracked -> tracked.alert().name() + " on ")
                        .orElse("")
                + incident.service();
    }

    private String summary() {
        String state =
                switch (incident.state()) {
                    case IncidentState.Resolved(Instant at) -> "over since " + time(at);
                    case IncidentState.Escalated(Instant at, var reason) ->
                        "handed to a person at " + time(at) + ", " + reason;
                    case IncidentState.Settling(Instant at) ->
                        "healed since " + time(at) + ", a temporary measure still stands";
                    case IncidentState.Open _, IncidentState.Acting _, IncidentState.Verifying _ -> "not over";
                };
        return head("incident", incident.id().value())
                + row("service", text(incident.service().toString()))
                + row("state", state)
                + row("actions", incident.attempts() + ", of them without success: " + incident.strikes())
                + row("policy", text(history.isEmpty() ? "" : history.getLast().policy()))
                + row(
                        "history",
                        history.size() + " entries, head "
                                + text(incident.history().toString()));
    }

    private static String impact(Fact<Impact> impact) {
        return switch (impact) {
            case Fact.Unknown<Impact>(String why) ->
                "Not known: " + text(why) + ". This is not to say that nobody was affected.\n";
            case Fact.Known<Impact>(Impact felt, Instant _) ->
                "From %s to %s the service answered about %s requests, of which about %s failed (%s).%n%n"
                                .formatted(
                                        time(felt.from()),
                                        time(felt.to()),
                                        number(felt.requests()),
                                        number(felt.failed()),
                                        felt.requests() > 0 ? percent(felt.failed() / felt.requests()) : "no share")
                                .replace("\r", "")
                        + felt.budget().map(Postmortem::budget).orElse("Error budget spent: not known.\n");
        };
    }

    private static String budget(Impact.Budget budget) {
        String spent = budget.spent() < 10 ? percent(budget.spent()) + " of" : number(budget.spent()) + " times";
        return "Error budget spent: %s what may fail, at an objective of %s, of the about %s requests known of the last %d days.\n"
                .formatted(
                        spent,
                        percent(budget.objective()),
                        number(budget.requests()),
                        budget.period().toDays());
    }

    private String times() {
        return head("from", "to", "took")
                + row("start of the first alert", "its arrival here", words(times.detect()))
                + row("its arrival here", "the fleet taking the first action", words(times.act()))
                + row("start of the first alert", "the service well", words(times.repair()));
    }

    private static String words(Optional<Duration> time) {
        return time.map(Times::words).orElse("did not happen");
    }

    private String timeline() {
        StringBuilder lines = new StringBuilder(head("time", "event", "reason", "detail"));
        history.forEach(
                entry -> lines.append(row(time(entry.at()), entry.event(), entry.reason(), text(entry.detail()))));
        return history.isEmpty() ? "Nothing is written.\n" : lines.toString();
    }

    private String grounds() {
        StringBuilder lines = new StringBuilder();
        history.stream()
                .filter(entry -> entry.event() == Event.ACT)
                .forEach(entry -> lines.append(
                        "\n" + time(entry.at()) + " went by: " + text(entry.detail(), LONGEST_GROUNDS) + "\n"));
        return lines.toString();
    }

    private String alerts() {
        if (incident.alerts().isEmpty()) {
            return "No alert.\n";
        }
        StringBuilder lines = new StringBuilder(head("alert", "says", "task", "from", "until", "labels"));
        for (TrackedAlert tracked : incident.alerts()) {
            lines.append(row(
                    text(tracked.alert().name()),
                    tracked.alert().source().word(),
                    text(tracked.alert().task().map(TaskId::shortName).orElse("")),
                    time(tracked.alert().startsAt()),
                    tracked.resolvedAt().map(Postmortem::time).orElse("still fires"),
                    text(tracked.alert().labels().toString())));
        }
        return lines.toString();
    }

    private String actions() {
        StringBuilder lines = new StringBuilder(head("time", "action", "why", "what came of it"));
        boolean any = false;
        for (int i = 0; i < history.size(); i++) {
            HistoryEntry entry = history.get(i);
            if (entry.event() == Event.ACT || entry.event() == Event.REVERT) {
                any = true;
                lines.append(row(
                        time(entry.at()),
                        entry.action().map(action -> text(action.kind().word())).orElse("none"),
                        entry.reason() + ", " + text(entry.detail()),
                        outcome(history.subList(i + 1, history.size()))));
            }
        }
        return any ? lines.toString() : "None.\n";
    }

    /** Up to the next action. */
    private static String outcome(List<HistoryEntry> after) {
        List<String> outcome = new ArrayList<>();
        for (HistoryEntry entry : after) {
            switch (entry.event()) {
                case ACT, REVERT -> {
                    return String.join("; ", outcome);
                }
                case ACTED, FAILED, VERIFY, RESOLVE, ESCALATE ->
                    outcome.add(entry.reason() + " " + text(entry.detail()));
                case SIGNAL, WAIT, SUPPRESS, APPROVE -> {}
            }
        }
        return outcome.isEmpty() ? "not known" : String.join("; ", outcome);
    }

    private String refusals() {
        StringBuilder lines = new StringBuilder();
        history.stream()
                .filter(entry -> entry.event() == Event.SUPPRESS || entry.event() == Event.ESCALATE)
                .forEach(entry -> lines.append("- %s %s: %s, %s%n"
                        .formatted(time(entry.at()), entry.reason(), Why.words(entry.event()), text(entry.detail()))
                        .replace("\r", "")));
        return lines.isEmpty() ? "Nothing was refused.\n" : lines.toString();
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.4g %%", share * 100);
    }
}
