/**
 * The engine under virtual time: many healers on one store, a fleet that fails, senders that repeat and lose, and an oracle
 * that judges every step without knowing the engine. One seed is one world; the same seed is the same world again.
 */
@NullMarked
package io.selfheal.healer.simulation;

import org.jspecify.annotations.NullMarked;
