/**
 * The healer's ports on AWS. It speaks to AWS SDK v2 and to the core; it knows no shell, no configuration file and none of
 * the other adapters.
 */
@NullMarked
package io.selfheal.healer.aws;

import org.jspecify.annotations.NullMarked;
