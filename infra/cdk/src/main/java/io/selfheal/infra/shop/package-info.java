/** The three services, their database and the door to them. */
@NullMarked
package io.selfheal.infra.shop;

import org.jspecify.annotations.NullMarked;
