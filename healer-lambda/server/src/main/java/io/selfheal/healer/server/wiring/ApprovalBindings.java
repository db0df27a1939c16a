package io.selfheal.healer.server.wiring;

import io.micronaut.context.annotation.Factory;
import io.selfheal.healer.approval.ApprovalLinks;
import io.selfheal.healer.engine.Approvals;
import io.selfheal.healer.engine.Host;
import io.selfheal.healer.incident.IncidentArchive;
import io.selfheal.healer.incident.IncidentStore;
import io.selfheal.healer.server.config.HealerConfiguration;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The links by which people approve actions, signed with the operator's key. */
@Factory
final class ApprovalBindings {

    private static final String HMAC = "HmacSHA256";

    @Singleton
    ApprovalLinks links(HealerConfiguration.Approval approval) {
        if (approval.key().isEmpty()) {
            return ApprovalLinks.NONE;
        }
        SecretKeySpec key = new SecretKeySpec(approval.key().getBytes(StandardCharsets.UTF_8), HMAC);
        return ApprovalLinks.to(approval.publicUrl(), text -> sign(key, text));
    }

    @Singleton
    Approvals approvals(IncidentStore store, IncidentArchive archive, ApprovalLinks links, Host host) {
        return new Approvals(store, archive, links, host.clock(), host.listener());
    }

    private static String sign(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }
}
