/**
 * One small HTTP client: a fresh connection per request, bounded in time, failures as values. Knows nothing about who is asked.
 */
@NullMarked
package io.selfheal.demo.http;

import org.jspecify.annotations.NullMarked;
