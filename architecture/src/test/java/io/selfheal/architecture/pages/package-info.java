/** The pages of the documentation: what they link to is there, and what they tell to type exists. */
@NullMarked
package io.selfheal.architecture.pages;

import org.jspecify.annotations.NullMarked;
