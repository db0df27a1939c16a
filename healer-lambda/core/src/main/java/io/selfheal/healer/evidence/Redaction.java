package io.selfheal.healer.evidence;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of a text what looks like a secret. It knows the usual ways of writing one and no others: it lessens the harm of a
 * secret in a log, it does not make such a log safe.
 */
final class Redaction {
    static final String TAKEN_OUT = "[redacted]";

    /** What lies behind is cut away unseen; no pattern below takes more than a moment on so much. */
    private static final int LOOKED_AT = 4000;

    private static final String NAMES =
            "(?:password|passwd|passphrase|(?<![a-z])pass(?![a-z])|pwd|secret|token|credentials?|cookie|api[_-]?key|access[_-]?key|private[_-]?key"
                    + "|signature)";

    /** Group 1 stays. */
    private static final List<Pattern> SECRETS = List.of(
            // Authorization: Basic dXNlcjpwYXNz, whatever its scheme is called
            Pattern.compile("(?i)(authorization[\"']?\\s{0,3}[:=]\\s{0,3})[\"']?(?:[a-z0-9_-]{1,30} )?[^\\s\"',;]+"),
            Pattern.compile("(?i)(\\b(?:bearer|basic) )[a-z0-9._~+/=-]{8,}"),
            // "db_password": "s3cret", token=abc, --api-key abc
            Pattern.compile("(?i)([a-z0-9_.-]{0,40}" + NAMES + "[a-z0-9_.-]{0,20}[\"']?\\s{0,3}[:=]\\s{0,3})"
                    + "(?:\"[^\"]*(?:\"|$)|'[^']*(?:'|$)|[^\\s\"',;&)}\\]]+)"),
            // the password is s3cret, but not: the token is expired
            Pattern.compile("(?i)(" + NAMES + " is )(?=[^\\s]{0,100}[0-9])[^\\s]+"),
            Pattern.compile("(?i)(--" + NAMES + " )[^\\s]+"),
            // jdbc:postgresql://user:secret@host
            Pattern.compile("(://)[^/\\s:@]{1,100}:[^/\\s@]{1,200}(?=@)"),
            Pattern.compile("()\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"),
            // a JSON web token
            Pattern.compile("()\\beyJ[A-Za-z0-9_-]{5,}\\.[A-Za-z0-9_-]{5,}(?:\\.[A-Za-z0-9_-]*)?"));

    private Redaction() {}

    /** In one line, of at most so many characters and a sign that it was longer. */
    static String of(String text, int longest) {
        String line = line(text.length() > LOOKED_AT ? text.substring(0, LOOKED_AT) : text);
        for (Pattern secret : SECRETS) {
            line = secret.matcher(line).replaceAll("$1" + Matcher.quoteReplacement(TAKEN_OUT));
        }
        return line.length() <= longest ? line : line.substring(0, longest) + "…";
    }

    /** Without anything that a terminal or a page would take for more than a letter. */
    private static String line(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
    }
}
