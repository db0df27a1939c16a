package io.selfheal.healer.fleet;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of action by the one word each has in policies, metrics, logs and the HTTP API. */
public enum ActionKind {
    RESTART_TASK("restart-task"),
    SURGE_RESTART("surge-restart"),
    SHIFT_TRAFFIC("shift-traffic"),
    RETIRE("retire"),
    REDEPLOY("redeploy"),
    ROLL_BACK("roll-back"),
    SCALE_OUT("scale-out"),
    SCALE_BACK("scale-back"),
    DEGRADE("degrade"),
    SHED("shed"),
    RESTORE("restore");

    private static final Map<String, ActionKind> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ActionKind::word, kind -> kind));

    private final String word;

    ActionKind(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /** See {@link Action#reverts()}. */
    public boolean reverts() {
        return switch (this) {
            case RETIRE, SCALE_BACK, RESTORE -> true;
            case RESTART_TASK, SURGE_RESTART, SHIFT_TRAFFIC, REDEPLOY, ROLL_BACK, SCALE_OUT, DEGRADE, SHED -> false;
        };
    }

    public static Optional<ActionKind> ofWord(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }
}
