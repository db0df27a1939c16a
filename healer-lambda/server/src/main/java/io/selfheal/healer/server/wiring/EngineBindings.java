package io.selfheal.healer.server.wiring;

import io.micronaut.context.annotation.Factory;
import io.selfheal.healer.engine.Remediator;
import io.selfheal.healer.intake.Intake;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The engine, put together from the core's parts. */
@Factory
final class EngineBindings {

    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Singleton
    Intake intake() {
        return new Intake();
    }

    @Singleton
    Remediator remediator() {
        return new Remediator();
    }
}
