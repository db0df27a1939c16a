package io.selfheal.healer.server.http;

import io.selfheal.healer.server.config.HealerConfiguration;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** Tells by the token who asks. */
@Singleton
final class Tokens {

    /** Who may do what, from nothing to everything. */
    enum Caller {
        STRANGER,
        /** Has the token that monitoring has. */
        SENDER,
        /** Has the token of the people who may stop the healer and let it act. */
        OPERATOR
    }

    private static final String SCHEME = "Bearer ";

    private final byte[] sender;
    private final byte @Nullable [] operator;

    Tokens(HealerConfiguration configuration) {
        sender = sha256(configuration.token());
        String people = configuration.operatorToken().strip();
        operator = people.isEmpty() ? null : sha256(people);
    }

    /** Whether people have a token that monitoring has not. */
    boolean tellOperatorsApart() {
        return operator != null;
    }

    Caller caller(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Caller.STRANGER;
        }
        byte[] given = sha256(header.substring(SCHEME.length()).strip());
        if (operator != null && MessageDigest.isEqual(operator, given)) {
            return Caller.OPERATOR;
        }
        return MessageDigest.isEqual(sender, given) ? Caller.SENDER : Caller.STRANGER;
    }

    /** Hashes first: the time that the comparison takes then tells neither the token's length nor its characters. */
    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
