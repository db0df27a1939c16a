/** What a deployment needs of an account, asked before it starts. */
@NullMarked
package io.selfheal.infra.preflight;

import org.jspecify.annotations.NullMarked;
