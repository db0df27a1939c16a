/**
 * An incident's history as one trace: what was told, decided, done and verified, with times. Derived from the saved history alone,
 * so that every process that knows the history says the same. Knows no protocol and sends nothing.
 */
@NullMarked
package io.selfheal.healer.trace;

import org.jspecify.annotations.NullMarked;
