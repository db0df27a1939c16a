/**
 * Local processes that cannot outlive the endpoint: starting, signalling and probing them, free ports, and the state directory with its
 * lock and recorded pids. Must not know ECS.
 */
@NullMarked
package io.selfheal.embedded.process;

import org.jspecify.annotations.NullMarked;
