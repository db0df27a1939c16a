package io.selfheal.demo.chaos;

import io.selfheal.demo.fault.PlannedRun;
import java.time.Duration;

/**
 * A run and its time.
 *
 * @param at counted from when everything is up; the run begins then, or later when the stage is calm again only later
 */
public record TimedRun(Duration at, PlannedRun run) {}
