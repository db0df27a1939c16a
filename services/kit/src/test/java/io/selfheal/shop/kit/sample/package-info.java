/** The smallest service, to try the kit with. */
@NullMarked
package io.selfheal.shop.kit.sample;

import org.jspecify.annotations.NullMarked;
