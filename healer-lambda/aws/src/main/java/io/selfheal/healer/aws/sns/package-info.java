/** Notices to people by an SNS topic. Told after the save, and never in the way of healing. Knows no shell and no other adapter. */
@NullMarked
package io.selfheal.healer.aws.sns;

import org.jspecify.annotations.NullMarked;
