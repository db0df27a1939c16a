package io.selfheal.healer.server.http;

import io.micronaut.serde.annotation.Serdeable;

/**
 * The answer to a body that was saved.
 *
 * @param accepted how many signals were saved
 * @param ignored how many parts of the body were no business of the healer
 */
@Serdeable
record Receipt(int accepted, int ignored) {}
