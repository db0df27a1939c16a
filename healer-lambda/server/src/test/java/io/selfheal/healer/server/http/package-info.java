/** Tests of the API's parts that need no server. */
@NullMarked
package io.selfheal.healer.server.http;

import org.jspecify.annotations.NullMarked;
