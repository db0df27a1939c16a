package io.selfheal.demo.chaos;

import io.selfheal.demo.fault.Fault;
import java.time.Duration;

/**
 * An experiment that scenarios choose by its id; AWS FIS has the same under the same name, where it has a way.
 *
 * @param tasks how many of the service's tasks it strikes: a number, or a share with a percent sign
 * @param duration how long FIS keeps it up; the stage ends it when it has been seen through
 * @param fis the id of FIS's action, or "none: " and why there is none
 */
public record CatalogueEntry(String id, Fault fault, String service, String tasks, Duration duration, String fis) {}
