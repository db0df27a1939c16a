package io.selfheal.healer.server.http;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * What a browser must not do with an answer that holds other people's words: guess what it is, show it in a frame, or run
 * anything of it. Pages say more of this themselves.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class BrowserHeadersFilter {

    private static final String POLICY = "Content-Security-Policy";

    @ResponseFilter
    void add(HttpRequest<?> request, MutableHttpResponse<?> response) {
        if (request.getMethod() != HttpMethod.GET) {
            return;
        }
        if (!response.getHeaders().contains("X-Content-Type-Options")) {
            response.header("X-Content-Type-Options", "nosniff");
        }
        if (!response.getHeaders().contains(POLICY)) {
            response.header(POLICY, "default-src 'none'; frame-ancestors 'none'");
        }
    }
}
