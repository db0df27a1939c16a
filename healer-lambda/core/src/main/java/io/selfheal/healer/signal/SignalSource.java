package io.selfheal.healer.signal;

import java.util.Locale;

/** Who sent a signal; also the metric label {@code source}. */
public enum SignalSource {
    ALERTMANAGER,
    GRAFANA,
    CLOUDWATCH,
    MANAGED_PROMETHEUS,
    ECS,
    PROBE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
