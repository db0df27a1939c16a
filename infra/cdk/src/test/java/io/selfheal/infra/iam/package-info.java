@NullMarked
package io.selfheal.infra.iam;

import org.jspecify.annotations.NullMarked;
