/** The function as a whole: over the core's fakes, and as a process of its own against what stands for AWS. */
@NullMarked
package io.selfheal.healer.lambda;

import org.jspecify.annotations.NullMarked;
