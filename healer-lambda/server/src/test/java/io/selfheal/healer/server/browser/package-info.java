/** A real browser for tests, spoken to by the DevTools protocol: Chromium's own, so that no driver stands in between. */
@NullMarked
package io.selfheal.healer.server.browser;

import org.jspecify.annotations.NullMarked;
