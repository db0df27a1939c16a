/** What a setting must be, in the operator's words; shared by the shells. Knows no setting by name and reads none. */
@NullMarked
package io.selfheal.healer.setting;

import org.jspecify.annotations.NullMarked;
