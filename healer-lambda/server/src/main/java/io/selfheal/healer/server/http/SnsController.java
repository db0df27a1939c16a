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
import io.selfheal.healer.server.telemetry.Flood;
import io.selfheal.healer.sns.Admission;
import io.selfheal.healer.sns.SnsDoor;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What SNS sends to an HTTPS subscription. It presents no token: its signature is the proof, and only listed topics may send. */
@Controller("/signals/sns")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class SnsController {

    static final String PATH = "/signals/sns";

    private static final Logger LOG = LoggerFactory.getLogger(SnsController.class);

    private final Optional<SnsDoor> door;
    private final Intake intake;
    private final Reception reception;
    private final Flood refusals;

    SnsController(Optional<SnsDoor> door, Intake intake, Reception reception, Clock clock) {
        this.door = door;
        this.intake = intake;
        this.reception = reception;
        this.refusals = new Flood(clock);
    }

    /**
     * Takes a message of a topic on the list: a notification with any of the signals in it, or the question whether the topic
     * may send, which is answered yes.
     *
     * @param body the message as SNS writes it
     * @return how many signals were saved, and how many parts do not concern the healer
     */
    @Post
    @SecurityRequirements
    HttpResponse<Receipt> sns(@Body byte[] body) {
        SnsDoor open = door.orElseThrow(() ->
                RequestRefusedException.notFound("no topic may send here: name those that may in HEALER_SNS_TOPICS"));
        return switch (open.admit(body)) {
            case Admission.Notification notification -> notified(notification);
            case Admission.Confirmed(String topic) -> {
                LOG.info("topic {} may send from now on: its subscription was confirmed", topic);
                yield HttpResponse.accepted().body(new Receipt(0, 0));
            }
            case Admission.Unsubscribed(String topic, String id) -> {
                LOG.warn("topic {} sends no more: it was unsubscribed (message {})", topic, id);
                yield HttpResponse.accepted().body(new Receipt(0, 0));
            }
            case Admission.Refused(var doubt, String why) -> {
                refusals.tell(more ->
                        LOG.warn("a message that claims to be from SNS was refused{} ({}): {}", more, doubt, why));
                throw RequestRefusedException.forbidden(doubt + ": " + why);
            }
            case Admission.Unavailable(String why) ->
                throw RequestRefusedException.unavailable(why + ": send it again");
        };
    }

    private HttpResponse<Receipt> notified(Admission.Notification notification) {
        return switch (intake.message(notification.message(), notification.attributes())) {
            case Parsed.Refused(String why) -> {
                LOG.warn("message {} of {} was refused: {}", notification.messageId(), notification.topicArn(), why);
                throw RequestRefusedException.unprocessable(why);
            }
            case Parsed.Accepted accepted -> HttpResponse.accepted().body(reception.save("sns", accepted));
        };
    }
}
