/**
 * The shop's tasks and counts, read over the ECS protocol, and the registration of the shop. Knows nothing about the healer.
 */
@NullMarked
package io.selfheal.demo.fleet;

import org.jspecify.annotations.NullMarked;
