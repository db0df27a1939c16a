@NullMarked
package io.selfheal.infra.preflight;

import org.jspecify.annotations.NullMarked;
