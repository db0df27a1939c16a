package io.selfheal.demo.campaign;

import io.selfheal.demo.fault.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One side of the comparison. */
public enum Arm {
    /** The healer on. */
    HEALER("healer", "healer on"),
    /** The same fleet without it. */
    OFF("off", "healer off"),
    /** ECS and its container health check, watched for as long as that may take. */
    ECS("ecs", "ECS alone"),
    /** The healer, told of faults by Prometheus and Alertmanager at their usual intervals, and by nothing else. */
    USUAL("usual", "usual intervals");

    private final String id;
    private final String title;

    Arm(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /** On the command line and in lines. */
    public String id() {
        return id;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** Whether the healer runs. */
    public boolean healerOn() {
        return switch (this) {
            case HEALER, USUAL -> true;
            case OFF, ECS -> false;
        };
    }

    /** Whether it is one of the two that everything is tried with; the others take long, and are tried less often. */
    public boolean isMain() {
        return this == HEALER || this == OFF;
    }

    /** Whether that fault says something here: what ECS cannot see it does not heal, and what only its policies can heal no interval changes. */
    public boolean tries(Fault fault) {
        return switch (this) {
            case HEALER, OFF -> true;
            case ECS -> fault.kind() == Fault.Kind.GRAY || fault.kind() == Fault.Kind.CRASH;
            case USUAL ->
                fault.kind() == Fault.Kind.GRAY
                        || fault.kind() == Fault.Kind.CRASH
                        || fault.kind() == Fault.Kind.CONTROL;
        };
    }

    /** Those of a list with commas; throws a sentence. */
    public static List<Arm> parse(String ids) {
        return Arrays.stream(ids.split(",", -1))
                .map(String::strip)
                .map(id -> named(id)
                        .orElseThrow(() -> new IllegalArgumentException("there is no arm '" + id + "', only "
                                + Arrays.stream(values()).map(Arm::id).toList())))
                .distinct()
                .toList();
    }

    static Optional<Arm> named(String id) {
        return Arrays.stream(values()).filter(arm -> arm.id.equals(id)).findFirst();
    }
}
