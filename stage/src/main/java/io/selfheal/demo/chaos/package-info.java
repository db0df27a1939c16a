/**
 * Scenarios as files: what is broken, when, and what is expected to come of it; and the catalogue that they choose from. Pure but for
 * reading the files: knows no process and no network.
 */
@NullMarked
package io.selfheal.demo.chaos;

import org.jspecify.annotations.NullMarked;
