/** The house rules, and the proof that each of them bites. Knows every module; nothing knows it. */
@NullMarked
package io.selfheal.architecture;

import org.jspecify.annotations.NullMarked;
