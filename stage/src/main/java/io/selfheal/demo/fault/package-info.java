/**
 * What can be broken, what is expected then, and the seeded plan of what is broken when. Pure: knows no process and no network.
 */
@NullMarked
package io.selfheal.demo.fault;

import org.jspecify.annotations.NullMarked;
