/** The compose fleet against a real engine, where one can be started, and against one that misbehaves. */
@NullMarked
package io.selfheal.healer.local.compose;

import org.jspecify.annotations.NullMarked;
