package io.selfheal.shop.kit.mode;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.exceptions.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The one switch of all modes, every other bean here asks for this one; and the token that opens them. */
@Context
@Requires(property = "modes.token", pattern = "(?s).*\\S.*")
final class ModesEnabled {

    private static final int SHORTEST = 16;
    private static final String BEARER = "Bearer ";

    private final byte[] token;

    ModesEnabled(@Property(name = "modes.token") String token) {
        if (token.length() < SHORTEST) {
            throw new ConfigurationException(
                    "modes.token (MODES_TOKEN) is shorter than " + SHORTEST + " characters: give a longer one or none");
        }
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    /** Takes as long for a wrong token as for a right one. */
    boolean admits(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return false;
        }
        byte[] given = authorization.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(token, given);
    }
}
