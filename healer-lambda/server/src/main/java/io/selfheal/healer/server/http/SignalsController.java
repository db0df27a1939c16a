package io.selfheal.healer.server.http;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.selfheal.healer.engine.Remediator;
import io.selfheal.healer.intake.Intake;
import io.selfheal.healer.intake.Parsed;
import io.selfheal.healer.server.telemetry.IntakeMetrics;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.signal.SignalSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What monitoring sends. 202 is said only after everything in the body was saved; whatever the healer then does or fails to
 * do changes nothing about that answer.
 */
@Controller("/signals")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class SignalsController {

    private static final Logger LOG = LoggerFactory.getLogger(SignalsController.class);

    private final Intake intake;
    private final Remediator remediator;
    private final IntakeMetrics metrics;

    SignalsController(Intake intake, Remediator remediator, IntakeMetrics metrics) {
        this.intake = intake;
        this.remediator = remediator;
        this.metrics = metrics;
    }

    /**
     * Takes an Alertmanager webhook (version 4).
     *
     * @param body the webhook as Alertmanager sends it
     * @return how many of its alerts were saved, and how many do not concern the healer
     */
    @Post("/alertmanager")
    HttpResponse<Receipt> alertmanager(@Body byte[] body) {
        return take(SignalSource.ALERTMANAGER, body);
    }

    /**
     * Takes a Grafana alerting webhook.
     *
     * @param body the webhook as Grafana sends it
     * @return how many of its alerts were saved, and how many do not concern the healer
     */
    @Post("/grafana")
    HttpResponse<Receipt> grafana(@Body byte[] body) {
        return take(SignalSource.GRAFANA, body);
    }

    /**
     * Takes an ECS event as EventBridge delivers it.
     *
     * @param body the event
     * @return how many events were saved, and how many do not concern the healer
     */
    @Post("/ecs")
    HttpResponse<Receipt> ecs(@Body byte[] body) {
        return take(SignalSource.ECS, body);
    }

    private HttpResponse<Receipt> take(SignalSource source, byte[] body) {
        Parsed parsed = intake.parse(body);
        return switch (parsed) {
            case Parsed.Refused(String why) -> throw RequestRefusedException.unprocessable(why);
            case Parsed.Accepted accepted -> {
                requireEnvelopeOf(source, accepted);
                int saved = remediator.accept(accepted.signals());
                metrics.accepted(source, saved);
                tellIgnored(source, accepted);
                yield HttpResponse.accepted().body(new Receipt(saved, accepted.ignored()));
            }
        };
    }

    private void tellIgnored(SignalSource source, Parsed.Accepted accepted) {
        if (accepted.ignored() > 0) {
            metrics.ignored(source, accepted.ignored());
            LOG.info("{} parts of what {} sent were ignored: {}", accepted.ignored(), source.word(), accepted.why());
        }
    }

    private void requireEnvelopeOf(SignalSource source, Parsed.Accepted accepted) {
        for (Signal signal : accepted.signals()) {
            if (signal.source() != source) {
                throw RequestRefusedException.unprocessable(
                        "this is what " + signal.source().word() + " sends: post it to /signals/"
                                + signal.source().word());
            }
        }
    }

    /**
     * The answer to a body that was saved.
     *
     * @param accepted how many signals were saved
     * @param ignored how many parts of the body were no business of the healer
     */
    @Serdeable
    record Receipt(int accepted, int ignored) {}
}
