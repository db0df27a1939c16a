/** Service Connect: a fixed loopback port in front of a service's tasks. Plain TCP; must not know ECS. */
@NullMarked
package io.selfheal.embedded.connect;

import org.jspecify.annotations.NullMarked;
