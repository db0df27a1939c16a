/**
 * The report of a session as Markdown and JSON. Pure: the caller writes the files.
 */
@NullMarked
package io.selfheal.demo.report;

import org.jspecify.annotations.NullMarked;
