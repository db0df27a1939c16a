package io.selfheal.healer.aws;

import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/** One line about a failed call, for a person who reads an incident's history. */
final class Wording {
    private static final int MAX_LENGTH = 300;

    private Wording() {}

    static String of(String operation, Throwable failure) {
        String why =
                switch (failure) {
                    case AwsServiceException answer -> answered(answer);
                    case ApiCallTimeoutException late -> "no answer in time";
                    case ApiCallAttemptTimeoutException late -> "no answer in time";
                    case TimeoutException late -> late.getMessage();
                    default -> failure.getClass().getSimpleName() + ": " + failure.getMessage();
                };
        String line = operation + ": " + why;
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "...";
    }

    private static String answered(AwsServiceException answer) {
        var details = answer.awsErrorDetails();
        return details == null || details.errorCode() == null
                ? "HTTP " + answer.statusCode()
                : details.errorCode() + ": " + details.errorMessage();
    }
}
