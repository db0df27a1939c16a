/**
 * The healer's ports without AWS: a store on JDBC, a health probe and two conversations over HTTP. It knows no shell, no
 * configuration file and none of the other adapters.
 */
@NullMarked
package io.selfheal.healer.local;

import org.jspecify.annotations.NullMarked;
