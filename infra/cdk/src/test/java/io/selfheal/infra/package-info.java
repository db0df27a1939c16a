@NullMarked
package io.selfheal.infra;

import org.jspecify.annotations.NullMarked;
