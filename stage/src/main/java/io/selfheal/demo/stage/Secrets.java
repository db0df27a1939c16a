package io.selfheal.demo.stage;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What the parts of one stage know of each other: new on every start.
 *
 * @param healer the token that the healer asks for
 * @param database the databases' password
 * @param modes the token with which tasks are told their modes
 */
record Secrets(String healer, String database, String modes) {

    private static final int BYTES = 16;

    /** The healer's token is the one that somebody wants to use by hand, if there is one. */
    static Secrets random(Optional<String> healer) {
        return new Secrets(healer.filter(token -> !token.isBlank()).orElseGet(Secrets::secret), secret(), secret());
    }

    private static String secret() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
