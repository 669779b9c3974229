/** Counts of what happens to jobs. */
@NullMarked
package io.mrq.autoconfigure.stats;

import org.jspecify.annotations.NullMarked;
