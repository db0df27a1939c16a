/** What tests of the healer share: a contract for each port, which every adapter extends, fakes that keep it, and builders. */
@NullMarked
package io.selfheal.healer.testkit;

import org.jspecify.annotations.NullMarked;
