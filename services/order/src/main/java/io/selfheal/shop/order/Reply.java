package io.selfheal.shop.order;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import io.selfheal.shop.kit.client.DependencyUnavailableException;
import io.selfheal.shop.kit.web.Problem;
import java.util.function.Supplier;

/**
 * What another service said: its status and, of a refusal, which problem it names. A bare 404 names none: it may come from
 * whoever else listens there, so a status alone is never taken for a refusal.
 *
 * @param problem the short name that ends the problem's type; empty when it names none of ours
 */
record Reply(int status, String problem) {

    private static final String PREFIX = "urn:selfheal:problem:";

    /** The client throws most refusals and returns others (404); here all below 500 are replies. */
    static Reply to(Supplier<HttpResponse<?>> call) {
        try {
            return of(call.get());
        } catch (HttpClientResponseException e) {
            if (e.code() >= 500) {
                throw e;
            }
            return of(e.getResponse());
        }
    }

    private static Reply of(HttpResponse<?> response) {
        String type = response.getBody(Problem.class).map(Problem::type).orElse("");
        return new Reply(response.code(), type.startsWith(PREFIX) ? type.substring(PREFIX.length()) : "");
    }

    DependencyUnavailableException notUnderstood(String dependency) {
        return new DependencyUnavailableException(
                dependency, "it gave an answer of no known kind, " + status + " '" + problem + "'");
    }
}
