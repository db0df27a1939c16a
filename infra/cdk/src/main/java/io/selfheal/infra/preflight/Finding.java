package io.selfheal.infra.preflight;

/** What a check found. */
sealed interface Finding {
    String what();

    record Fine(String what) implements Finding {}

    /**
     * It is not as it has to be.
     *
     * @param mend what to do about it
     */
    record Wrong(String what, String mend) implements Finding {}

    /** It could not be found out; that stops nothing. */
    record Unknown(String what, String why) implements Finding {}
}
