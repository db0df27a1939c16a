package io.selfheal.healer.server.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.selfheal.healer.server.config.HealerConfiguration;
import org.jspecify.annotations.Nullable;

/** Lets in who presents the token. Runs before the body is read, so a stranger cannot make the healer hold one. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class BearerTokenFilter {

    private final Tokens tokens;
    private final HostNames names;
    private final boolean readsAreOpen;

    BearerTokenFilter(Tokens tokens, HostNames names, HealerConfiguration configuration) {
        this.tokens = tokens;
        this.names = names;
        readsAreOpen = configuration.readsAreOpen();
    }

    @RequestFilter
    @Nullable
    HttpResponse<?> check(HttpRequest<?> request) {
        return switch (tokens.caller(request.getHeaders().get(HttpHeaders.AUTHORIZATION))) {
            case OPERATOR -> null;
            case SENDER -> tokens.tellOperatorsApart() && takesAnOperator(request) ? forOperators(request) : null;
            case STRANGER -> stranger(request);
        };
    }

    /** Where no token is asked for, the name that was asked is what keeps other people's pages out. */
    private @Nullable HttpResponse<?> stranger(HttpRequest<?> request) {
        if (provesItself(request) || isHealth(request)) {
            return null;
        }
        if (!isOpen(request)) {
            return ProblemResponses.of(
                            HttpStatus.UNAUTHORIZED, "send the healer's token: Authorization: Bearer TOKEN", request)
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"healer\"");
        }
        return names.foreign(request.getHeaders().getAll(HttpHeaders.HOST))
                .map(name -> ProblemResponses.of(
                        HttpStatus.MISDIRECTED_REQUEST,
                        "the healer is not known as '" + name
                                + "': where that is its name, add it to HEALER_HOST_NAMES",
                        request))
                .orElse(null);
    }

    /** What changes something, but for what monitoring sends and what is only a question. */
    private static boolean takesAnOperator(HttpRequest<?> request) {
        String path = request.getPath();
        return !reads(request)
                && !path.startsWith("/signals/")
                && !path.startsWith("/approvals/")
                && !path.equals("/policies/explain");
    }

    private static HttpResponse<?> forOperators(HttpRequest<?> request) {
        return ProblemResponses.of(
                        HttpStatus.FORBIDDEN,
                        "this takes the operator's token, HEALER_OPERATOR_TOKEN; HEALER_TOKEN only sends signals and reads",
                        request)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"healer\", error=\"insufficient_scope\"");
    }

    /** SNS can present no token: the message's signature lets in, whatever the name is that the topic was given. */
    private static boolean provesItself(HttpRequest<?> request) {
        return request.getMethod() == HttpMethod.POST && request.getPath().equals(SnsController.PATH);
    }

    /** Tells nothing but that it is well, and whoever asks kills what does not answer. */
    private static boolean isHealth(HttpRequest<?> request) {
        String path = request.getPath();
        return reads(request) && (path.equals("/health") || path.startsWith("/health/"));
    }

    private boolean isOpen(HttpRequest<?> request) {
        if (request.getPath().startsWith("/approvals/")) {
            // The link's own signature lets in, and a person's browser has no token.
            return true;
        }
        return reads(request) && (readsAreOpen || isPublic(request.getPath()));
    }

    private static boolean reads(HttpRequest<?> request) {
        return request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD;
    }

    private static boolean isPublic(String path) {
        return path.equals("/")
                || path.startsWith("/console/")
                || path.equals("/prometheus")
                || path.equals("/openapi");
    }
}
