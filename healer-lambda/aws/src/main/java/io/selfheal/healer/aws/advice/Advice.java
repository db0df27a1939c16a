package io.selfheal.healer.aws.advice;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What to do when AWS says no, by the codes that all its services share. */
public final class Advice {
    private static final Pattern NOT_ALLOWED =
            Pattern.compile("not authorized to perform: (\\S+?)(?: on resource: (\\S+))?(?:[\\s,.]|$)");
    private static final String ROLE = "the healer's role";

    private Advice() {}

    /** Half a sentence; empty where the answer speaks for itself. */
    public static Optional<String> on(String code, String message) {
        return switch (code) {
            case "AccessDenied",
                    "AccessDeniedException",
                    "AuthorizationError",
                    "AuthorizationErrorException",
                    "UnauthorizedOperation" -> Optional.of(notAllowed(message));
            case "ExpiredToken", "ExpiredTokenException" ->
                Optional.of("the AWS credentials have expired: renew them, or let the healer run under a role, which"
                        + " renews them itself");
            case "RequestTimeTooSkewed", "RequestInTheFuture", "RequestExpired" -> Optional.of(clock());
            case "InvalidSignatureException", "SignatureDoesNotMatch" ->
                Optional.of(skewed(message) ? clock() : credentials());
            case "UnrecognizedClientException",
                    "InvalidClientTokenId",
                    "InvalidAccessKeyId",
                    "IncompleteSignatureException",
                    "MissingAuthenticationTokenException" -> Optional.of(credentials());
            case "ClusterNotFoundException" ->
                Optional.of("there is no such cluster in this account and region: check HEALER_CLUSTER and AWS_REGION");
            default -> Optional.empty();
        };
    }

    /** Whether a signature was refused for its time: the words of AWS Signature Version 4. */
    public static boolean skewed(String message) {
        return message.contains("Signature expired") || message.contains("Signature not yet current");
    }

    public static String clock() {
        return "the clock of this machine is off: synchronise it (NTP)";
    }

    private static String credentials() {
        return "the AWS credentials are not accepted: check the key, and that it belongs to this partition";
    }

    /** Names the action that is missing and the statement that allows it. */
    private static String notAllowed(String message) {
        if (message.contains("explicit deny")) {
            return "a policy denies it to " + ROLE
                    + " explicitly: no further permission helps, that statement has to go";
        }
        Matcher words = NOT_ALLOWED.matcher(message);
        if (!words.find()) {
            return ROLE + " may not do this: allow it in its policy";
        }
        String resource = Optional.ofNullable(words.group(2)).orElse("*");
        return "add " + words.group(1) + " on " + resource + " to the policy of " + ROLE
                + ": {\"Effect\": \"Allow\", \"Action\": \"" + words.group(1) + "\", \"Resource\": \"" + resource
                + "\"}";
    }
}
