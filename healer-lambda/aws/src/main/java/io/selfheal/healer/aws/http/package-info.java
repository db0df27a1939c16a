/** How the SDK's clients speak HTTP. Knows no service of AWS and nothing of the healer. */
@NullMarked
package io.selfheal.healer.aws.http;

import org.jspecify.annotations.NullMarked;
