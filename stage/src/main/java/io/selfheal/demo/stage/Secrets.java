package io.selfheal.demo.stage;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What the parts of one stage know of each other, and nobody else: new on every start.
 *
 * @param healer the token that the healer asks for
 * @param database the databases' password
 * @param modes the token with which tasks are told their modes
 */
record Secrets(String healer, String database, String modes) {

    private static final int BYTES = 16;

    static Secrets random() {
        return new Secrets(secret(), secret(), secret());
    }

    private static String secret() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
