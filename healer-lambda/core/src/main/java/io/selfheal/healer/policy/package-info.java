/** What may be done about which alerts, and within which limits: read from a YAML file, checked as a whole. Knows no incident. */
@NullMarked
package io.selfheal.healer.policy;

import org.jspecify.annotations.NullMarked;
