package io.selfheal.healer.server.http;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.selfheal.healer.intake.Intake;
import io.selfheal.healer.intake.Parsed;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.signal.SignalSource;

/**
 * What monitoring sends. 202 is said only after everything in the body was saved; whatever the healer then does or fails to
 * do changes nothing about that answer.
 */
@Controller("/signals")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class SignalsController {

    private final Intake intake;
    private final Reception reception;

    SignalsController(Intake intake, Reception reception) {
        this.intake = intake;
        this.reception = reception;
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

    /**
     * Takes a CloudWatch alarm's change of state, as EventBridge delivers it to an API destination.
     *
     * @param body the event
     * @return how many events were saved, and how many do not concern the healer
     */
    @Post("/cloudwatch")
    HttpResponse<Receipt> cloudwatch(@Body byte[] body) {
        return take(SignalSource.CLOUDWATCH, body);
    }

    private HttpResponse<Receipt> take(SignalSource source, byte[] body) {
        Parsed parsed = intake.parse(body);
        return switch (parsed) {
            case Parsed.Refused(String why) -> throw RequestRefusedException.unprocessable(why);
            case Parsed.Accepted accepted -> {
                requireEnvelopeOf(source, accepted);
                yield HttpResponse.accepted().body(reception.save(source.word(), accepted));
            }
        };
    }

    private void requireEnvelopeOf(SignalSource source, Parsed.Accepted accepted) {
        for (Signal signal : accepted.signals()) {
            if (signal.source() != source) {
                throw RequestRefusedException.unprocessable("this is what "
                        + signal.source().word() + " sends: post it to /signals/" + path(signal.source()));
            }
        }
    }

    private static String path(SignalSource source) {
        return switch (source) {
            // It has no other way to send than through a topic.
            case MANAGED_PROMETHEUS -> "sns";
            case ALERTMANAGER, GRAFANA, CLOUDWATCH, ECS, PROBE -> source.word();
        };
    }
}
