package io.selfheal.healer.server.http;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Whoever has no token may make the healer read no more than the longest message of SNS. Asks before the body is read. */
@ServerFilter(SnsController.PATH)
final class StrangersBodyFilter implements Ordered {

    /** 256 KB, twice that where every character is escaped, and what is around it. */
    private static final long LONGEST = 640 * 1024;

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 1;
    }

    @RequestFilter
    @Nullable
    HttpResponse<?> check(HttpRequest<?> request) {
        OptionalLong length = request.getHeaders().contentLength();
        if (length.isEmpty()) {
            return ProblemResponses.of(HttpStatus.LENGTH_REQUIRED, "say the length: Content-Length", request);
        }
        return length.getAsLong() <= LONGEST
                ? null
                : ProblemResponses.of(
                        HttpStatus.REQUEST_ENTITY_TOO_LARGE, "expected at most " + LONGEST + " bytes", request);
    }
}
