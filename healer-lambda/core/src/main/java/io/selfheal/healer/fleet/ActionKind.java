package io.selfheal.healer.fleet;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of action by the one word each has in policies, metrics, logs and the HTTP API. */
public enum ActionKind {
    RESTART_TASK("restart-task"),
    REDEPLOY("redeploy"),
    SCALE_OUT("scale-out"),
    SCALE_BACK("scale-back");

    private final String word;

    ActionKind(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public static Optional<ActionKind> ofWord(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }
}
