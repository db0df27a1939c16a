package io.selfheal.healer.policy;

import io.selfheal.healer.fleet.ActionKind;
import java.util.Arrays;
import java.util.Optional;

/** One step of a policy's ladder. */
public enum Rung {
    RESTART_TASK(ActionKind.RESTART_TASK.word()),
    REDEPLOY(ActionKind.REDEPLOY.word()),
    SCALE_OUT(ActionKind.SCALE_OUT.word()),
    ESCALATE("escalate");

    private final String word;

    Rung(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public static Optional<Rung> ofWord(String word) {
        return Arrays.stream(values()).filter(rung -> rung.word.equals(word)).findFirst();
    }
}
