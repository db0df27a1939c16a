/**
 * The fleet as the containers of one docker compose project, by the engine's API. It knows no shell, and nothing of it is loaded
 * where another fleet is in use.
 */
@NullMarked
package io.selfheal.healer.local.compose;

import org.jspecify.annotations.NullMarked;
