/** What the programs ship besides our own classes: each SBOM against the very files, and the page that people read. */
@NullMarked
package io.selfheal.architecture.shipped;

import org.jspecify.annotations.NullMarked;
