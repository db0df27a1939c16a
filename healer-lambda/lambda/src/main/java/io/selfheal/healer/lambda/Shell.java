package io.selfheal.healer.lambda;

import io.selfheal.healer.incident.StoreUnavailableException;
import io.selfheal.healer.intake.Intake;
import io.selfheal.healer.json.JsonTrees;
import io.selfheal.healer.lambda.event.Event;
import io.selfheal.healer.lambda.event.Events;
import io.selfheal.healer.lambda.http.HttpDoor;
import io.selfheal.healer.lambda.http.HttpDoor.Entrance;
import io.selfheal.healer.lambda.http.Response;
import io.selfheal.healer.lambda.invocation.Invocation;
import io.selfheal.healer.lambda.invocation.Parts;
import io.selfheal.healer.lambda.invocation.TimeLeft;
import io.selfheal.healer.lambda.queue.DeadLetters;
import io.selfheal.healer.lambda.queue.WakeUps;
import java.nio.charset.StandardCharsets;

/** From an event to its answer. When there is an answer, everything is saved, carried out or due at a later time. */
final class Shell {
    private final Parts parts;
    private final HttpDoor door;
    private final WakeUps wakeUps;
    private final Batches batches;
    private final Messages messages;

    Shell(Parts parts, Intake intake, HttpDoor door, DeadLetters deadLetters, WakeUps wakeUps) {
        Reception reception = new Reception(intake, deadLetters);
        this.parts = parts;
        this.door = door;
        this.wakeUps = wakeUps;
        this.batches = new Batches(reception);
        this.messages = new Messages(reception);
    }

    /** Throws when whoever delivered the event is to deliver it again. */
    byte[] handle(byte[] body, TimeLeft time) {
        Event event = Events.read(body);
        Invocation invocation = Invocation.begin(parts, time);
        try {
            return answer(event, body, invocation).getBytes(StandardCharsets.UTF_8);
        } finally {
            invocation.end().ifPresent(due -> wakeUps.at(due, invocation.spent()));
        }
    }

    private String answer(Event event, byte[] body, Invocation invocation) {
        return switch (event) {
            case Event.Tick() -> {
                invocation.tick();
                yield JsonTrees.write(JsonTrees.object().put("ticked", true));
            }
            case Event.Batch batch -> batches.take(batch.entries(), invocation);
            case Event.Request request -> respond(request, invocation).json();
            case Event.Message() -> messages.take(body, invocation);
        };
    }

    private Response respond(Event.Request request, Invocation invocation) {
        return switch (door.open(request.request())) {
            case Entrance.Closed(Response response) -> response;
            case Entrance.Open open -> {
                try {
                    Reception.Outcome.Saved saved = Reception.save(open.accepted(), "an HTTP request", invocation);
                    yield Response.accepted(saved.signals(), saved.ignored());
                } catch (StoreUnavailableException e) {
                    yield Response.problem(503, "Service Unavailable", e.getMessage() + ": send it again");
                }
            }
        };
    }
}
