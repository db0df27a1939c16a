@NullMarked
package io.selfheal.infra.cost;

import org.jspecify.annotations.NullMarked;
