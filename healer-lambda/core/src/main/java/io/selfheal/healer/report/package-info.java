/** What the history tells a person: why something was decided, and what an incident cost. Pure; knows no store and no shell. */
@NullMarked
package io.selfheal.healer.report;

import org.jspecify.annotations.NullMarked;
