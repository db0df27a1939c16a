/** Writes the state as the API's JSON shapes. Must not change anything. */
@NullMarked
package io.selfheal.embedded.view;

import org.jspecify.annotations.NullMarked;
