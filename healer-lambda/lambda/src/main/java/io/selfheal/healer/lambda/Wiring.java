package io.selfheal.healer.lambda;

import io.selfheal.healer.intake.Intake;
import io.selfheal.healer.lambda.config.Configuration;
import io.selfheal.healer.lambda.invocation.Parts;
import io.selfheal.healer.lambda.invocation.TimeLeft;
import io.selfheal.healer.lambda.wiring.Adapters;
import io.selfheal.healer.lambda.wiring.Doors;
import java.time.InstantSource;

/** The whole healer, put together; nothing is asked of anybody before the first event. */
final class Wiring implements AutoCloseable {
    private final Adapters adapters;
    private final Parts parts;
    private final Shell shell;

    private Wiring(Adapters adapters, Parts parts, Shell shell) {
        this.adapters = adapters;
        this.parts = parts;
        this.shell = shell;
    }

    static Wiring of(Configuration configuration, InstantSource clock) {
        Intake intake =
                new Intake(configuration.cluster(), configuration.policies().alarms(), clock);
        Adapters adapters = new Adapters(configuration, clock);
        Parts parts = adapters.parts();
        Shell shell = new Shell(
                parts, intake, Doors.of(configuration, intake, clock), adapters.deadLetters(), adapters.wakeUps());
        return new Wiring(adapters, parts, shell);
    }

    byte[] handle(byte[] event, TimeLeft time) {
        return shell.handle(event, time);
    }

    /** As the next incident would get it. */
    String newId() {
        return parts.ids().get().value();
    }

    @Override
    public void close() {
        adapters.close();
    }
}
