/** Who may speak to the healer over SNS and HTTPS: verifies a message before anything is done about it. Knows no signal and no HTTP client. */
@NullMarked
package io.selfheal.healer.sns;

import org.jspecify.annotations.NullMarked;
