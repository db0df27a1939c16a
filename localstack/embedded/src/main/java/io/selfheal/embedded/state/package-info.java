/**
 * What the endpoint knows: clusters, task definitions, services, deployments and tasks, in memory. Mutable, and only touched by a
 * thread that holds the engine's lock; must not know HTTP, processes or time's source.
 */
@NullMarked
package io.selfheal.embedded.state;

import org.jspecify.annotations.NullMarked;
