/**
 * What the operator may choose, checked before anything starts. Knows no adapter and no HTTP.
 */
@NullMarked
package io.selfheal.healer.server.config;

import org.jspecify.annotations.NullMarked;
