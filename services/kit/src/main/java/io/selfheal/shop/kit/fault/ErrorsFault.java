package io.selfheal.shop.kit.fault;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.selfheal.shop.kit.web.Problem;
import jakarta.inject.Singleton;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

@Singleton
@Order(40)
@Requires(bean = FaultsEnabled.class)
final class ErrorsFault extends RequestFault {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorsFault.class);

    @Override
    public String name() {
        return "errors";
    }

    @Override
    public String symptom() {
        return "business requests are answered with a 5xx; health stays UP";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.share("share"), Parameter.whole("status", 500, 500, 599, "HTTP status of the answer"));
    }

    /** Logs it as a real failure would be: with the trace of its request, for whoever looks for the cause. */
    @Override
    Mono<MutableHttpResponse<?>> meet(HttpRequest<?> request, Parameters parameters) {
        if (!parameters.hits("share")) {
            return Mono.empty();
        }
        int status = parameters.whole("status");
        String reason = HttpStatus.getDefaultReason(status);
        Problem problem =
                new Problem("about:blank", reason, status, "The fault 'errors' is active", request.getPath(), null);
        LOG.error(
                "{} {} failed with {}: the fault 'errors' is active",
                request.getMethodName(),
                request.getPath(),
                status);
        return Mono.just(
                HttpResponse.status(status, reason).body(problem).contentType(MediaType.APPLICATION_JSON_PROBLEM_TYPE));
    }
}
