/** The HTTP side: the ECS operations, the containers' metadata, injected faults. Translates; decides nothing about tasks. */
@NullMarked
package io.selfheal.embedded.api;

import org.jspecify.annotations.NullMarked;
