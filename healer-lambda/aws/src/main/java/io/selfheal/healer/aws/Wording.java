package io.selfheal.healer.aws;

import io.selfheal.healer.aws.advice.Advice;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** One line about a failed call, for a person who reads an incident's history. */
final class Wording {
    private static final int MAX_LENGTH = 900;

    /** So that the advice after it is not what is cut off. */
    private static final int MAX_MESSAGE = 300;

    private Wording() {}

    static String of(String operation, Throwable failure) {
        String why =
                switch (failure) {
                    case AwsServiceException answer -> answered(answer);
                    case ApiCallTimeoutException late -> "no answer in time";
                    case ApiCallAttemptTimeoutException late -> "no answer in time";
                    case TimeoutException late -> late.getMessage();
                    case SdkClientException unsent
                    when root(unsent) instanceof UnknownHostException host ->
                        "no host " + host.getMessage() + ": check AWS_REGION, and that names are resolved here";
                    default -> failure.getClass().getSimpleName() + ": " + failure.getMessage();
                };
        String line = operation + ": " + why;
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "...";
    }

    private static String answered(AwsServiceException answer) {
        var details = answer.awsErrorDetails();
        if (details == null || details.errorCode() == null) {
            return "HTTP " + answer.statusCode();
        }
        String message = String.valueOf(details.errorMessage());
        return details.errorCode() + ": " + brief(message)
                + Advice.on(details.errorCode(), message)
                        .map(advice -> "; " + advice)
                        .orElse("");
    }

    private static String brief(String message) {
        return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "...";
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
