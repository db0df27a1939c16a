/** Tests of the healer as a process, over HTTP as its callers see it. */
@NullMarked
package io.selfheal.healer.server;

import org.jspecify.annotations.NullMarked;
