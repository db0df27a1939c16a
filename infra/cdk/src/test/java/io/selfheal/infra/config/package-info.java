@NullMarked
package io.selfheal.infra.config;

import org.jspecify.annotations.NullMarked;
