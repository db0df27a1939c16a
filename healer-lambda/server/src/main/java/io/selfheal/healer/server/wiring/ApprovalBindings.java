package io.selfheal.healer.server.wiring;

import io.micronaut.context.annotation.Factory;
import io.selfheal.healer.approval.ApprovalLinks;
import io.selfheal.healer.engine.Approvals;
import io.selfheal.healer.engine.Host;
import io.selfheal.healer.incident.IncidentArchive;
import io.selfheal.healer.incident.IncidentStore;
import io.selfheal.healer.local.SignedLinks;
import io.selfheal.healer.server.config.HealerConfiguration;
import jakarta.inject.Singleton;

/** The links by which people approve actions, signed with the operator's key. */
@Factory
final class ApprovalBindings {

    @Singleton
    ApprovalLinks links(HealerConfiguration.Approval approval) {
        return SignedLinks.of(approval.key(), approval.publicUrl());
    }

    @Singleton
    Approvals approvals(IncidentStore store, IncidentArchive archive, ApprovalLinks links, Host host) {
        return new Approvals(store, archive, links, host.clock(), host.listener());
    }
}
