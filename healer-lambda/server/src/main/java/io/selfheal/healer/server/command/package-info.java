/**
 * The commands of the program that start no server: they read files or the store, write text and end. Knows no framework and no HTTP.
 */
@NullMarked
package io.selfheal.healer.server.command;

import org.jspecify.annotations.NullMarked;
