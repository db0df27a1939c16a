package io.selfheal.healer.fleet;

/** An ECS service, or what stands for one: the unit that has one open incident at a time. */
public record ServiceId(String cluster, String service) implements Comparable<ServiceId> {

    public ServiceId {
        requireText("cluster", cluster);
        requireText("service", service);
    }

    /** Parses {@code cluster/service}, the form that {@link #toString()} writes. */
    public static ServiceId parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("service id: expected cluster/service, was '" + text + "'");
        }
        return new ServiceId(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public int compareTo(ServiceId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return cluster + "/" + service;
    }

    static void requireText(String field, String value) {
        if (value.isBlank() || value.length() > 255) {
            throw new IllegalArgumentException(field + ": expected 1 to 255 characters, was '" + value + "'");
        }
    }
}
