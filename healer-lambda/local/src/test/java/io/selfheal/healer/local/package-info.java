/** Tests of the local adapters, on real databases and real sockets. */
@NullMarked
package io.selfheal.healer.local;

import org.jspecify.annotations.NullMarked;
