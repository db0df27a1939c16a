package io.selfheal.healer.lambda;

import io.selfheal.healer.intake.Delivery;
import io.selfheal.healer.json.JsonTrees;
import io.selfheal.healer.lambda.invocation.Invocation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An event with nobody to answer to: it fails as a whole, and then Lambda delivers it again and in the end elsewhere. */
final class Messages {
    private final Reception reception;

    Messages(Reception reception) {
        this.reception = reception;
    }

    /** What is logged as the answer, and seen by whoever invokes the function by hand. */
    String take(byte[] body, Invocation invocation) {
        int saved = 0;
        int ignored = 0;
        List<String> refused = new ArrayList<>();
        int buried = 0;
        for (Delivery delivery : reception.deliveries(body)) {
            if (!invocation.hasTime()) {
                throw new InvocationFailedException(
                        "no time was left to take all of the event in: give the function more");
            }
            switch (reception.take(delivery, "event", new String(body, StandardCharsets.UTF_8), invocation)) {
                case Reception.Outcome.Saved(int signals, int unused) -> {
                    saved += signals;
                    ignored += unused;
                }
                case Reception.Outcome.Buried _ -> buried++;
                case Reception.Outcome.Refused(String why) -> refused.add(why);
            }
        }
        if (!refused.isEmpty()) {
            throw new InvocationFailedException("cannot be understood, and there is no dead letter queue that took it"
                    + " (HEALER_DEAD_LETTER_QUEUE_URL): " + String.join("; ", refused));
        }
        return JsonTrees.write(
                JsonTrees.object().put("saved", saved).put("ignored", ignored).put("deadLetters", buried));
    }
}
