/** What tests of services need: processes, HTTP, patience, and a bad network. */
@NullMarked
package io.selfheal.shop.kit.testkit;

import org.jspecify.annotations.NullMarked;
