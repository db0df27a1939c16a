package io.selfheal.healer.aws.dynamo;

import io.selfheal.healer.aws.advice.Advice;
import io.selfheal.healer.incident.StoreUnavailableException;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** What a failed request means for the caller, in a sentence that an operator can act on. */
final class DynamoFailure {
    private static final int LONGEST = 300;
    private static final Pattern NOT_ALLOWED =
            Pattern.compile("not authorized to perform: (\\S+)(?: on resource: (\\S+))?");

    private DynamoFailure() {}

    static RuntimeException of(String operation, String table, SdkException failure) {
        if (failure instanceof AbortedException) {
            Thread.currentThread().interrupt();
        }
        String sentence =
                switch (failure) {
                    case AwsServiceException answer -> answered(table, answer);
                    case ApiCallTimeoutException _, ApiCallAttemptTimeoutException _ ->
                        "DynamoDB gave no answer in time";
                    case AbortedException _ -> "interrupted while waiting for DynamoDB";
                    default -> "DynamoDB cannot be asked: " + brief(root(failure));
                };
        return code(failure).equals("ValidationException") && !sentence.contains(TableDefinition.HOW_TO_MAKE)
                ? new IllegalArgumentException(operation + ": cannot be stored: " + sentence, failure)
                : unavailable(operation, sentence, failure);
    }

    static StoreUnavailableException unavailable(String operation, String sentence, Exception cause) {
        return new StoreUnavailableException(operation, new IOException(sentence, cause));
    }

    private static String answered(String table, AwsServiceException answer) {
        String said = answer.awsErrorDetails() == null
                ? ""
                : brief(String.valueOf(answer.awsErrorDetails().errorMessage()));
        return switch (code(answer)) {
            case "ResourceNotFoundException" ->
                "there is no table '" + table + "' in this region; " + TableDefinition.HOW_TO_MAKE;
            case "AccessDeniedException" -> notAllowed(table, answer);
            case "ExpiredTokenException", "ExpiredToken" ->
                "the AWS credentials have expired: renew them, or let the healer run under a role, which renews them itself";
            case "UnrecognizedClientException",
                    "InvalidSignatureException",
                    "IncompleteSignatureException",
                    "MissingAuthenticationTokenException",
                    "InvalidClientTokenId" ->
                (Advice.skewed(said) ? Advice.clock() : "the AWS credentials are not accepted") + ": " + said;
            case "RequestTimeTooSkewed", "RequestInTheFuture", "RequestExpired" -> Advice.clock() + ": " + said;
            case "ValidationException" ->
                said.contains("index") || said.contains("key element")
                        ? "table '" + table + "' is not one of the healer's: " + said + "; "
                                + TableDefinition.HOW_TO_MAKE
                        : said;
            default -> other(table, answer, said);
        };
    }

    private static String other(String table, AwsServiceException answer, String said) {
        if (answer.isThrottlingException()) {
            return "table '" + table + "' is throttled: " + said
                    + "; it passes, or the table needs on-demand capacity (BillingMode PAY_PER_REQUEST)";
        }
        return answer.statusCode() >= 500
                ? "DynamoDB has a fault of its own, HTTP " + answer.statusCode() + " " + said
                : code(answer) + ": " + said;
    }

    /** Names the action that is missing and the statement that allows it. */
    private static String notAllowed(String table, AwsServiceException answer) {
        Matcher words = NOT_ALLOWED.matcher(
                answer.awsErrorDetails() == null ? "" : answer.awsErrorDetails().errorMessage());
        boolean named = words.find();
        String action = named ? words.group(1) : "the action";
        String resource = named && words.group(2) != null ? words.group(2) : "the ARN of table '" + table + "'";
        return "the healer's role may not do " + action + " on " + resource
                + "; add to its policy {\"Effect\": \"Allow\", \"Action\": \"" + action + "\", \"Resource\": \""
                + resource + "\"}";
    }

    static String code(SdkException failure) {
        return failure instanceof AwsServiceException answer
                        && answer.awsErrorDetails() != null
                        && answer.awsErrorDetails().errorCode() != null
                ? answer.awsErrorDetails().errorCode()
                : "";
    }

    private static String root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String name = root.getClass().getSimpleName().replace("Exception", "").toLowerCase(Locale.ROOT);
        return name + ": " + root.getMessage();
    }

    private static String brief(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
