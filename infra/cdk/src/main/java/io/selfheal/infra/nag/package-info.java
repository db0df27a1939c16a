/** cdk-nag, and the findings of it that we accept. */
@NullMarked
package io.selfheal.infra.nag;

import org.jspecify.annotations.NullMarked;
