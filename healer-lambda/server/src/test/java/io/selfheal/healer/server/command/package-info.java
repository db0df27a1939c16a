@NullMarked
package io.selfheal.healer.server.command;

import org.jspecify.annotations.NullMarked;
