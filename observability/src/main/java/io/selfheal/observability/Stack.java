package io.selfheal.observability;

import java.nio.file.Path;
import java.util.List;

/**
 * A rendered stack, ready to start.
 *
 * @param prometheusConfig the prometheus.yml to start with; rules.yml lies beside it
 * @param alertmanagerConfig the alertmanager.yml to start with
 * @param prometheusArguments what follows {@code prometheus} on its command line
 * @param alertmanagerArguments what follows {@code alertmanager} (Debian: {@code prometheus-alertmanager})
 */
public record Stack(
        Path prometheusConfig,
        Path alertmanagerConfig,
        List<String> prometheusArguments,
        List<String> alertmanagerArguments) {

    public Stack {
        prometheusArguments = List.copyOf(prometheusArguments);
        alertmanagerArguments = List.copyOf(alertmanagerArguments);
    }
}
