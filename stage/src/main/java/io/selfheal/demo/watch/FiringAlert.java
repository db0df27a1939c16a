package io.selfheal.demo.watch;

import java.time.Instant;

/** An alert as Alertmanager knows it; {@code task} is empty when it is about a whole service. */
public record FiringAlert(String name, String service, String task, Instant startsAt) {}
