package io.selfheal.healer.server.wiring;

import java.time.Duration;

/**
 * One thing that the healer does without being asked.
 *
 * @param name what is done, as the log says it
 * @param work throws where it could not be done; it is done again at the next beat
 */
record Beat(String name, Duration every, Runnable work) {}
