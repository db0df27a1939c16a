/** The signed links by which a person approves one action. Knows no key: the shell signs. */
@NullMarked
package io.selfheal.healer.approval;

import org.jspecify.annotations.NullMarked;
