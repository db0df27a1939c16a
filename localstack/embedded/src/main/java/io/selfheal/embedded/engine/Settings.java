package io.selfheal.embedded.engine;

import io.selfheal.embedded.schedule.Backoff;
import java.time.Duration;

/**
 * The engine's times.
 *
 * @param settle how long a task without health check must run to count as healthy
 * @param keepStopped how long a stopped task can still be described (AWS: an hour)
 * @param shutdown how long tasks may take to end when the endpoint itself is stopped
 */
public record Settings(Duration settle, Duration keepStopped, Duration shutdown, Backoff backoff) {}
