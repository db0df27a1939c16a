package io.selfheal.healer.sns;

/** A message that must not be let in. */
final class Forgery {
    private final String name;
    private final Doubt doubt;
    private final boolean fetches;
    private final byte[] body;
    private final byte[] file;

    /**
     * A message that must not be let in.
     *
     * @param doubt for which reason
     * @param fetches whether it takes the certificate to find out; nothing else may be asked of anybody
     * @param file what the certificate's address holds
     */
    private Forgery(String name, Doubt doubt, boolean fetches, byte[] body, byte[] file) {
        this.name = name;
        this.doubt = doubt;
        this.fetches = fetches;
        this.body = body;
        this.file = file;
    }

    String name() {
        return name;
    }

    Doubt doubt() {
        return doubt;
    }

    boolean fetches() {
        return fetches;
    }

    byte[] body() {
        return body;
    }

    byte[] file() {
        return file;
    }

    static Forgery unasked(String name, Doubt doubt, byte[] body) {
        return new Forgery(name, doubt, false, body, TestAuthority.genuineFile());
    }

    static Forgery unasked(String name, Doubt doubt, Letter letter) {
        return unasked(name, doubt, letter.bytes());
    }

    static Forgery asked(String name, Doubt doubt, Letter letter) {
        return new Forgery(name, doubt, true, letter.bytes(), TestAuthority.genuineFile());
    }

    static Forgery ofFile(String name, byte[] file) {
        return new Forgery(
                "certificate: " + name,
                Doubt.CERTIFICATE,
                true,
                Letter.notification().bytes(),
                file);
    }
}
