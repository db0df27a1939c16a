package io.selfheal.embedded.api;

import com.sun.net.httpserver.Headers;
import io.selfheal.embedded.wire.AwsException;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps browsers out: whoever can call RunTask can run programs on this machine. A web page can reach a loopback port, but only with an
 * Origin header, or (after DNS rebinding) under a host name that is not ours. AWS clients send neither.
 */
final class HostRule {
    private final Set<String> names = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
    private final boolean any;

    HostRule(InetSocketAddress bound) {
        names.add(bound.getHostString().toLowerCase(Locale.ROOT));
        any = bound.getAddress().isAnyLocalAddress();
    }

    void check(Headers headers) {
        String host = String.valueOf(headers.getFirst("Host")).toLowerCase(Locale.ROOT);
        String name = host.replaceFirst(":\\d+$", "");
        if (headers.containsKey("Origin") || (!any && !names.contains(name))) {
            throw new AwsException("AccessDeniedException", 403, "Requests from web pages are not served.");
        }
    }
}
