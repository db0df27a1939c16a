package io.selfheal.healer.audit;

import io.selfheal.healer.chain.HistoryChain;
import java.util.List;

/**
 * What an audit found.
 *
 * @param unchained entries that were written before chains were kept: nothing proves them
 * @param faults how many; {@code findings} holds the first of them
 * @param heads where each service's history ends
 */
public record AuditReport(
        long incidents, long entries, long unchained, long faults, List<Finding> findings, List<Head> heads) {
    public AuditReport {
        findings = List.copyOf(findings);
        heads = List.copyOf(heads);
    }

    /**
     * Something that is not as it was written.
     *
     * @param incident blank where it is about a service as a whole
     */
    public record Finding(String service, String incident, String what) {
        @Override
        public String toString() {
            return service + (incident.isEmpty() ? "" : " incident " + incident) + ": " + what;
        }
    }

    /** Where a service's history ends, and the seal that stands for its latest incident and all before it. */
    public record Head(Anchor anchor, String seal) {}

    public boolean sound() {
        return faults == 0;
    }

    /** One value for all heads: whoever keeps it elsewhere can tell later whether the past was rewritten. */
    public String digest() {
        return HistoryChain.digest(
                heads.stream().map(head -> head.anchor() + " " + head.seal()).toList());
    }
}
