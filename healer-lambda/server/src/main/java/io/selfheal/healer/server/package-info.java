/**
 * The healer as a process: starts it, refuses a bad start with a sentence, and stops it in good order. Decides nothing about healing.
 */
@NullMarked
package io.selfheal.healer.server;

import org.jspecify.annotations.NullMarked;
