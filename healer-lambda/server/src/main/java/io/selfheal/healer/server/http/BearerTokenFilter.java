package io.selfheal.healer.server.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.selfheal.healer.server.config.HealerConfiguration;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** Lets in who presents the token. Runs before the body is read, so a stranger cannot make the healer hold one. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class BearerTokenFilter {

    private static final String SCHEME = "Bearer ";

    private final byte[] expected;
    private final boolean readsAreOpen;

    BearerTokenFilter(HealerConfiguration configuration) {
        expected = sha256(configuration.token());
        readsAreOpen = configuration.readsAreOpen();
    }

    @RequestFilter
    @Nullable
    HttpResponse<?> check(HttpRequest<?> request) {
        if (isOpen(request) || isAuthorised(request.getHeaders().get(HttpHeaders.AUTHORIZATION))) {
            return null;
        }
        return ProblemResponses.of(
                        HttpStatus.UNAUTHORIZED, "send the healer's token: Authorization: Bearer TOKEN", request)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"healer\"");
    }

    private boolean isOpen(HttpRequest<?> request) {
        if (request.getPath().startsWith("/approvals/")) {
            // The link's own signature lets in, and a person's browser has no token.
            return true;
        }
        if (request.getPath().equals(SnsController.PATH) && request.getMethod() == HttpMethod.POST) {
            // SNS can present none; the message's signature lets in.
            return true;
        }
        boolean reads = request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD;
        return reads && (readsAreOpen || isPublic(request.getPath()));
    }

    private static boolean isPublic(String path) {
        return path.equals("/")
                || path.startsWith("/console/")
                || path.equals("/health")
                || path.startsWith("/health/")
                || path.equals("/prometheus")
                || path.equals("/openapi");
    }

    /** Hashes first: the time that the comparison takes then tells neither the token's length nor its characters. */
    private boolean isAuthorised(@Nullable String header) {
        return header != null
                && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        expected, sha256(header.substring(SCHEME.length()).strip()));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
