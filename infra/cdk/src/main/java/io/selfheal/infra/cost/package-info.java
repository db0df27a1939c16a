/** What an environment costs a month, before it is deployed. */
@NullMarked
package io.selfheal.infra.cost;

import org.jspecify.annotations.NullMarked;
