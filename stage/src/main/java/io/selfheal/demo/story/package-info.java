/**
 * What a person sees: the live timeline, colours, progress. Decides nothing.
 */
@NullMarked
package io.selfheal.demo.story;

import org.jspecify.annotations.NullMarked;
