package io.selfheal.twin.order;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolationException;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

/** Gives every error the shape of a {@link Problem}. */
@RestControllerAdvice
class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    @ExceptionHandler
    ResponseEntity<Problem> refused(ProblemException e, HttpServletRequest request) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(e.status());
        if (e.retryAfterSeconds() != null) {
            answer.header(HttpHeaders.RETRY_AFTER, Integer.toString(e.retryAfterSeconds()));
        }
        return answer.contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(new Problem(
                        e.type(), e.title(), e.status().value(), e.getMessage(), request.getRequestURI(), null));
    }

    @ExceptionHandler
    ResponseEntity<Problem> invalid(MethodArgumentNotValidException e, HttpServletRequest request) {
        return violations(
                e.getFieldErrors().stream().map(Problems::violation).toList(), request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> invalid(HandlerMethodValidationException e, HttpServletRequest request) {
        return violations(
                e.getParameterValidationResults().stream()
                        .flatMap(result -> result.getResolvableErrors().stream()
                                .map(error -> error instanceof FieldError field
                                        ? violation(field)
                                        : new Problem.Violation(
                                                result.getMethodParameter().getParameterName(),
                                                error.getDefaultMessage())))
                        .toList(),
                request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> invalid(ConstraintViolationException e, HttpServletRequest request) {
        return violations(
                e.getConstraintViolations().stream()
                        .map(each -> new Problem.Violation(
                                each.getPropertyPath().toString(), each.getMessage()))
                        .toList(),
                request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> unreadable(HttpMessageNotReadableException e, HttpServletRequest request) {
        return plain(HttpStatus.BAD_REQUEST, e.getMessage(), request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> noDatabase(CannotGetJdbcConnectionException e, HttpServletRequest request) {
        LOG.warn("No database connection for {}: {}", request.getRequestURI(), e.getMessage());
        return refused(
                new ProblemException(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "database-unavailable",
                        "No database connection was to be had in time",
                        1),
                request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> other(Exception e, HttpServletRequest request) {
        if (e instanceof ErrorResponse known) {
            return plain(HttpStatus.valueOf(known.getStatusCode().value()), e.getMessage(), request);
        }
        LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
        return plain(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "The service failed to answer; the cause is in its log",
                request);
    }

    private static Problem.Violation violation(FieldError error) {
        return new Problem.Violation(error.getField(), error.getDefaultMessage());
    }

    private static ResponseEntity<Problem> violations(List<Problem.Violation> found, HttpServletRequest request) {
        List<Problem.Violation> sorted = found.stream()
                .sorted(Comparator.comparing(Problem.Violation::field).thenComparing(Problem.Violation::message))
                .toList();
        return answer(
                new Problem(
                        "about:blank",
                        HttpStatus.BAD_REQUEST.getReasonPhrase(),
                        HttpStatus.BAD_REQUEST.value(),
                        "The request is not valid",
                        request.getRequestURI(),
                        sorted));
    }

    private static ResponseEntity<Problem> plain(HttpStatus status, String detail, HttpServletRequest request) {
        return answer(new Problem(
                "about:blank", status.getReasonPhrase(), status.value(), detail, request.getRequestURI(), null));
    }

    private static ResponseEntity<Problem> answer(Problem problem) {
        return ResponseEntity.status(problem.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
