/**
 * The HTTP API: who may come in, how much, and how the core's answers look as JSON. Translates and never decides.
 */
@NullMarked
package io.selfheal.healer.server.http;

import org.jspecify.annotations.NullMarked;
