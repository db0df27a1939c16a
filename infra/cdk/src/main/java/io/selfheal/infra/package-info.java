/** The whole system on AWS: one stage for each environment of {@code cdk.json}, five stacks in each. */
@NullMarked
package io.selfheal.infra;

import org.jspecify.annotations.NullMarked;
