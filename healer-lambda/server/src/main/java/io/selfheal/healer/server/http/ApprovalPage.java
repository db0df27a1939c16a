package io.selfheal.healer.server.http;

import io.selfheal.healer.engine.Approvals.Verdict;
import io.selfheal.healer.engine.Approvals.Why;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.incident.Asked;
import io.selfheal.healer.incident.Incident;

/** The page behind an approval's link: plain HTML without a script or a style, so that nothing need be allowed to it. */
final class ApprovalPage {

    private ApprovalPage() {}

    static String of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Open(Incident incident, Asked asked) -> page("Approve?", question(incident, asked));
            case Verdict.Approved(Incident incident, Asked asked) ->
                page(
                        "Approved",
                        "<p>"
                                + escaped(words(asked.action()) + " is approved, and done at once if nothing else"
                                        + " stands against it. Incident " + incident.id() + " says what becomes of it.")
                                + "</p>");
            case Verdict.Refused(Why why, String detail) ->
                page("Not approved", "<p>" + escaped(why + ": " + detail + ".") + "</p>");
        };
    }

    /** The form posts to the page's own address, which holds the signature. */
    private static String question(Incident incident, Asked asked) {
        return "<p>" + escaped("The healer would like to " + words(asked.action()) + ".") + "</p><p>"
                + escaped("Incident " + incident.id() + " of " + incident.service() + ", attempt " + asked.attempt()
                        + ". Asked at " + asked.at() + "; without an answer by " + asked.expiresAt() + " it is a no.")
                + "</p><form method=\"post\"><button type=\"submit\">Approve this action, once</button></form>";
    }

    private static String words(Action action) {
        String what = action.kind().word() + " of " + action.service();
        return action instanceof Action.RestartTask restart
                ? what + ", task " + restart.task().arn()
                : what;
    }

    private static String page(String title, String body) {
        return "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + title
                + "</title></head><body><h1>" + title + "</h1>" + body + "</body></html>\n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
