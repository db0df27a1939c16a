package io.selfheal.healer.engine;

import io.selfheal.healer.decide.Rules;
import java.time.Duration;

/**
 * How the engine goes about its work.
 *
 * @param quickFacts how long accepting signals may wait for facts, all services together; beyond it they are decided later
 * @param freshEnough how old what was seen of the fleet may be to decide by; to act, the fleet is asked again
 * @param watching whether this process looks at open incidents every few seconds for as long as it lives; where it does
 *     not, as in a Lambda or without the probe, the start of a stabilisation is kept in the store
 */
public record Settings(Rules rules, Duration quickFacts, Duration freshEnough, boolean watching) {

    public static final Settings DEFAULT =
            new Settings(Rules.DEFAULT, Duration.ofMillis(250), Duration.ofMillis(1500), true);
}
