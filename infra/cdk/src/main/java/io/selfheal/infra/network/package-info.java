/** The network, which changes rarely. */
@NullMarked
package io.selfheal.infra.network;

import org.jspecify.annotations.NullMarked;
