package io.selfheal.healer.intake;

/** What a sender wrote, short enough to stand in a reason. */
final class Brief {
    private static final int MAX = 100;

    private Brief() {}

    static String of(String text) {
        return text.length() <= MAX ? text : text.substring(0, MAX) + "…";
    }
}
