package io.selfheal.healer.server.http;

import io.selfheal.healer.server.config.HealerConfiguration;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Under which names the healer is asked. A page of a stranger may give its own name this machine's address and then read, as
 * its own, whatever the healer shows without a token; but the name stays in {@code Host}. Nobody's page can be reached by an
 * address, by a name of one label, or by a name that the public DNS never gives out: those always are the healer's own.
 */
@Singleton
final class HostNames {
    /** In the place of names: whatever stands before the healer looks at them. */
    static final String ANY = "*";

    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private final Set<String> own = new HashSet<>();

    HostNames(HealerConfiguration configuration, HealerConfiguration.Approval approval) {
        own.addAll(configuration.names());
        own.add(configuration.host().toLowerCase(Locale.ROOT));
        if (!approval.publicUrl().isEmpty()) {
            own.add(URI.create(approval.publicUrl()).getHost().toLowerCase(Locale.ROOT));
        }
    }

    /** The first of a request's names that is not the healer's. A request without any is no browser's. */
    Optional<String> foreign(List<String> hosts) {
        if (own.contains(ANY)) {
            return Optional.empty();
        }
        return hosts.stream().filter(host -> !isOwn(name(host))).findFirst();
    }

    private boolean isOwn(String name) {
        return name.indexOf('.') < 0
                || own.contains(name)
                || name.endsWith(".internal")
                || name.endsWith(".localhost")
                || ADDRESS.matcher(name).matches();
    }

    /** Without the port, and without the dot that ends a name that is whole. An IPv6 address has no dot but one of IPv4 in it. */
    private static String name(String host) {
        String text = host.strip().toLowerCase(Locale.ROOT);
        if (text.startsWith("[") && text.contains("]")) {
            return text.substring(text.indexOf(']') + 1).matches("(:\\d*)?") ? "[]" : text;
        }
        int port = text.lastIndexOf(':');
        String name = port < 0 ? text : text.substring(0, port);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
