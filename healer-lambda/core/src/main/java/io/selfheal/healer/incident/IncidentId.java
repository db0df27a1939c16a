package io.selfheal.healer.incident;

/** Identifies one incident for ever; sorts by time of opening. */
public record IncidentId(String value) {

    public IncidentId {
        if (!value.matches("[A-Za-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("incident id: expected 1 to 64 of A-Z a-z 0-9 -, was '" + value + "'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
