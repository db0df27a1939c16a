package io.selfheal.shop.kit.telemetry;

import io.micronaut.http.HttpRequest;

/**
 * Requests that were turned away on purpose. In the metrics their {@code uri} is {@link #URI}: they count for what customers
 * get, and can be left out where the question is whether the instance works.
 */
public final class ShedRequests {

    static final String URI = "SHED";
    private static final String ATTRIBUTE = ShedRequests.class.getName();

    private ShedRequests() {}

    public static void mark(HttpRequest<?> request) {
        request.setAttribute(ATTRIBUTE, true);
    }

    static boolean isShed(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE).isPresent();
    }
}
