/** What {@code cdk.json} says of an environment, as checked records. */
@NullMarked
package io.selfheal.infra.config;

import org.jspecify.annotations.NullMarked;
