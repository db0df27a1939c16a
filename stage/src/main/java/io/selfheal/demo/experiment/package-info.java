/**
 * One fault after the other: wait for calm, inject, watch, clear, judge.
 */
@NullMarked
package io.selfheal.demo.experiment;

import org.jspecify.annotations.NullMarked;
