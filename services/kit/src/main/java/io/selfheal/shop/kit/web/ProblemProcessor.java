package io.selfheal.shop.kit.web;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.selfheal.shop.kit.web.Problem.Violation;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gives every error that the framework itself answers the shape of a {@link Problem}. */
@Singleton
final class ProblemProcessor implements ErrorResponseProcessor<Problem> {

    /** Parsers go on about their input and its place; the reason is in the first words of the first line. */
    private static final int LONGEST_DETAIL = 300;

    @Override
    @SuppressWarnings("unchecked")
    public MutableHttpResponse<Problem> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        HttpRequest<?> request = context.getRequest();
        if (request.getMethod() == HttpMethod.HEAD) {
            return (MutableHttpResponse<Problem>) response;
        }
        List<Violation> violations = violations(context);
        String detail = violations == null ? detail(context, response.code()) : "The request is not valid";
        Problem problem = new Problem(
                "about:blank",
                HttpStatus.getDefaultReason(response.code()),
                response.code(),
                detail,
                request.getPath(),
                violations);
        return response.body(problem).contentType(MediaType.APPLICATION_JSON_PROBLEM_TYPE);
    }

    /** What broke inside is in the log with the same trace id; telling the caller would tell too much. */
    private static String detail(ErrorContext context, int status) {
        if (status >= 500) {
            return "The service failed to answer; the cause is in its log";
        }
        String detail = context.getErrors().stream()
                .map(error -> error.getMessage().lines().findFirst().orElse("").strip())
                .collect(Collectors.joining("; "));
        return detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) + "…" : detail;
    }

    private static @Nullable List<Violation> violations(ErrorContext context) {
        return context.getRootCause().orElse(null) instanceof ConstraintViolationException e
                ? e.getConstraintViolations().stream()
                        .map(violation -> new Violation(field(violation), violation.getMessage()))
                        .sorted(Comparator.comparing(Violation::field).thenComparing(Violation::message))
                        .toList()
                : null;
    }

    /** The path without the names of our method and its parameter: {@code quantity}, not {@code place.order.quantity}. */
    private static String field(ConstraintViolation<?> violation) {
        String last = "";
        for (Path.Node node : violation.getPropertyPath()) {
            last = node.getName() == null ? last : node.getName();
        }
        return last;
    }
}
