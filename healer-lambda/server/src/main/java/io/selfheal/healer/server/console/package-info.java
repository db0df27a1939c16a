/**
 * The console: the page for people at {@code /}, what it is told as it happens, and what it needs that the API does not have.
 * Shows and never decides.
 */
@NullMarked
package io.selfheal.healer.server.console;

import org.jspecify.annotations.NullMarked;
