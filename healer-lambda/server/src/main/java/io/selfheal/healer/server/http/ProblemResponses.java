package io.selfheal.healer.server.http;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;

/** Every answer that is an error, the framework's own included, is a problem with a reason in it. */
@Singleton
final class ProblemResponses implements ErrorResponseProcessor<Problem> {

    @Override
    public MutableHttpResponse<Problem> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        HttpRequest<?> request = context.getRequest();
        HttpStatus status = HttpStatus.valueOf(response.code());
        if (request.getMethod() == HttpMethod.HEAD) {
            return bodyless(response);
        }
        if (status == HttpStatus.INTERNAL_SERVER_ERROR) {
            // What broke inside is for the log, not for whoever sent the request.
            return response.body(problem(status, "the healer failed at this; its log says more", request))
                    .contentType(Problem.MEDIA_TYPE);
        }
        String detail = context.getErrors().stream()
                .map(error -> plain(error.getMessage()))
                .collect(Collectors.joining("; "));
        return response.body(problem(status, detail.isEmpty() ? status.getReason() : detail, request))
                .contentType(Problem.MEDIA_TYPE);
    }

    @SuppressWarnings("unchecked") // A response without a body fits any body type.
    private static MutableHttpResponse<Problem> bodyless(MutableHttpResponse<?> response) {
        return (MutableHttpResponse<Problem>) response;
    }

    static MutableHttpResponse<?> of(HttpStatus status, String detail, HttpRequest<?> request) {
        return HttpResponse.status(status)
                .body(problem(status, detail, request))
                .contentType(Problem.MEDIA_TYPE);
    }

    /** The framework's own words about a value, without what only its authors can read. */
    private static String plain(String message) {
        int source = message.indexOf("\n at [Source");
        String text = source < 0 ? message : message.substring(0, source);
        return text.replaceFirst("^Failed to convert argument \\[\\w+] for value \\[null] due to: ", "body: ")
                .strip();
    }

    private static Problem problem(HttpStatus status, String detail, HttpRequest<?> request) {
        return new Problem("about:blank", status.getReason(), status.getCode(), detail, request.getPath());
    }
}
