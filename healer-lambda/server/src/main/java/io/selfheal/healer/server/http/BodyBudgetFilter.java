package io.selfheal.healer.server.http;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets in only as many bytes at once as there is memory for; who comes too many gets 503, after which Alertmanager sends the
 * same again within a second. Asks before the body is read, and after the token was checked.
 */
@ServerFilter("/signals/**")
final class BodyBudgetFilter implements Ordered {

    private static final String LEASE = "healer.body.lease";

    /** As much as the largest body that is read at all, see HEALER_BODY_LIMIT. */
    private static final long AT_ONCE = 16L << 20;

    /** What a body that does not say its length is taken for. */
    private static final long UNSAID = 1L << 20;

    private final BodyBudget budget;

    BodyBudgetFilter(Clock clock) {
        budget = new BodyBudget(AT_ONCE, clock);
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @RequestFilter
    @Nullable
    HttpResponse<?> enter(HttpRequest<?> request) {
        long length = request.getHeaders().contentLength().orElse(UNSAID);
        Optional<Long> lease = budget.take(Math.min(length, AT_ONCE));
        if (lease.isEmpty()) {
            return ProblemResponses.of(
                    HttpStatus.SERVICE_UNAVAILABLE, "too many large bodies at once: send it again", request);
        }
        request.setAttribute(LEASE, lease.get());
        return null;
    }

    @ResponseFilter
    void leave(HttpRequest<?> request) {
        request.getAttribute(LEASE, Long.class).ifPresent(budget::giveBack);
    }
}
