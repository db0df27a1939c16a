/**
 * The outside of the healer for tests: a fleet with an embedded ECS endpoint behind a wire that can be cut, trivial tasks, a
 * healer as a child process, and the words that monitoring would send.
 */
@NullMarked
package io.selfheal.healer.server.stage;

import org.jspecify.annotations.NullMarked;
