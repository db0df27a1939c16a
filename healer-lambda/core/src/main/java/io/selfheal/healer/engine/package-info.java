/** Takes signals in, saves, has decisions made and carries them out: the only place where decisions meet ports. Knows no shell. */
@NullMarked
package io.selfheal.healer.engine;

import org.jspecify.annotations.NullMarked;
