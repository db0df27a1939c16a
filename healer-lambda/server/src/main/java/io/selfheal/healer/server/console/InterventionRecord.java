package io.selfheal.healer.server.console;

import io.selfheal.healer.control.Intervention;
import io.selfheal.healer.control.Interventions;
import io.selfheal.healer.incident.StoreUnavailableException;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what people told the healer: in the log, and in the store. It is written after it took effect; if the store goes
 * away in between, what was told stands, since a pause must not fail over its record, and the log has it.
 */
@Singleton
public final class InterventionRecord {
    private static final Logger LOG = LoggerFactory.getLogger(InterventionRecord.class);

    private final Interventions interventions;
    private final Changes changes;

    InterventionRecord(Interventions interventions, Changes changes) {
        this.interventions = interventions;
        this.changes = changes;
    }

    /** Keeps it. */
    public void add(Intervention told) {
        String scope = told.service().map(Object::toString).orElse("all");
        LOG.atWarn()
                .addKeyValue("kind", told.kind())
                .addKeyValue("scope", scope)
                .addKeyValue("owner", told.owner())
                .log("{} of {} by {}: {}; {}", told.kind(), scope, told.owner(), told.reason(), told.detail());
        try {
            interventions.add(told);
        } catch (StoreUnavailableException away) {
            LOG.error("the intervention before this line is not in the store, which is away: {}", away.getMessage());
        }
        changes.intervened();
    }
}
