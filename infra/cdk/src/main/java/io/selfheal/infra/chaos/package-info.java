/** What of the chaos catalogue AWS FIS can bring about. */
@NullMarked
package io.selfheal.infra.chaos;

import org.jspecify.annotations.NullMarked;
