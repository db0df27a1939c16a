/**
 * The record: what has been run and what is left, out of lines that each run leaves behind, and the totals of them. Pure but for {@code Ledger}, which keeps the
 * lines; it knows nothing of how a run is made.
 */
@NullMarked
package io.selfheal.demo.campaign;

import org.jspecify.annotations.NullMarked;
