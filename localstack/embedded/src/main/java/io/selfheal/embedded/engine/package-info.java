/**
 * Carries out what the scheduler decides: starts, watches, probes and stops the tasks' processes, and keeps everything that depends on them
 * (target file, Service Connect routes, events) in step. All state changes happen under the engine's one lock.
 */
@NullMarked
package io.selfheal.embedded.engine;

import org.jspecify.annotations.NullMarked;
