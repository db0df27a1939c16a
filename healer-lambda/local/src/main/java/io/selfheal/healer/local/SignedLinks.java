package io.selfheal.healer.local;

import io.selfheal.healer.approval.ApprovalLinks;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The links by which people approve actions, signed with the operator's key. */
public final class SignedLinks {
    private static final String HMAC = "HmacSHA256";

    private SignedLinks() {}

    /**
     * Links that nobody without the key can make.
     *
     * @param key empty: nobody can approve anything
     * @param publicUrl under which people reach the healer
     */
    public static ApprovalLinks of(String key, String publicUrl) {
        if (key.isEmpty()) {
            return ApprovalLinks.NONE;
        }
        SecretKeySpec secret = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), HMAC);
        return ApprovalLinks.to(publicUrl, text -> sign(secret, text));
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
