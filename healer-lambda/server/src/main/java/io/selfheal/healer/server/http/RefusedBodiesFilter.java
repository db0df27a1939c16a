package io.selfheal.healer.server.http;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.selfheal.healer.server.telemetry.IntakeMetrics;
import io.selfheal.healer.signal.SignalSource;

/** Counts every body that was turned away, whoever turned it away: a sender that is refused for ever must be seen. */
@ServerFilter("/signals/**")
final class RefusedBodiesFilter implements Ordered {

    private final IntakeMetrics metrics;

    RefusedBodiesFilter(IntakeMetrics metrics) {
        this.metrics = metrics;
    }

    /** Outside of the token check, so that what that one refuses is counted too. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @ResponseFilter
    void count(HttpRequest<?> request, HttpResponse<?> response) {
        if (response.code() < 400 || response.code() >= 500) {
            return;
        }
        for (SignalSource source : SignalSource.values()) {
            if (request.getPath().equals("/signals/" + source.word())) {
                metrics.refused(source.word(), response.code());
            }
        }
        if (request.getPath().equals(SnsController.PATH)) {
            metrics.refused("sns", response.code());
        }
    }
}
