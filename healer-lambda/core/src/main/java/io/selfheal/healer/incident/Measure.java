package io.selfheal.healer.incident;

import io.selfheal.healer.fleet.Action;
import java.time.Instant;

/** A temporary change that stands: what undoes it, and when. */
public record Measure(Action undo, Instant dueAt) {}
