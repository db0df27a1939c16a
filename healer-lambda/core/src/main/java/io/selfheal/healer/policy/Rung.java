package io.selfheal.healer.policy;

import io.selfheal.healer.fleet.ActionKind;
import java.util.Arrays;
import java.util.Optional;

/** One step of a policy's ladder. */
public enum Rung {
    ROLL_BACK(ActionKind.ROLL_BACK.word()),
    DEGRADE(ActionKind.DEGRADE.word()),
    SHED(ActionKind.SHED.word()),
    RESTART_TASK(ActionKind.RESTART_TASK.word()),
    SURGE_RESTART(ActionKind.SURGE_RESTART.word()),
    SHIFT_TRAFFIC(ActionKind.SHIFT_TRAFFIC.word()),
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

    /** Whether its turn depends on a cause that only evidence tells. */
    boolean goesByEvidence() {
        return switch (this) {
            case ROLL_BACK, DEGRADE, SHED -> true;
            case RESTART_TASK, SURGE_RESTART, SHIFT_TRAFFIC, REDEPLOY, SCALE_OUT, ESCALATE -> false;
        };
    }

    public static Optional<Rung> ofWord(String word) {
        return Arrays.stream(values()).filter(rung -> rung.word.equals(word)).findFirst();
    }
}
