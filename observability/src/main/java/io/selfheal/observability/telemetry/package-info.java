/** Every metric and attribute that our programs may tell, from one file: what checks a scrape, and what makes the page of it. */
@NullMarked
package io.selfheal.observability.telemetry;

import org.jspecify.annotations.NullMarked;
