/**
 * Faults on demand: one small class per fault, switched on and off at run time for this instance alone. Nothing here
 * exists unless {@code faults.enabled}; production refuses to start with it. It knows no service.
 */
@NullMarked
package io.selfheal.shop.kit.fault;

import org.jspecify.annotations.NullMarked;
