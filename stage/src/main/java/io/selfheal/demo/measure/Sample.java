package io.selfheal.demo.measure;

import java.time.Instant;

/** One look from outside: whether every task answered well in time and the fleet was whole; if not, why not. */
public record Sample(Instant at, boolean well, String why) {}
