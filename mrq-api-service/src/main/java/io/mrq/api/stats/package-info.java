/** Rates of what happens to jobs, computed from counts in periods. */
@NullMarked
package io.mrq.api.stats;

import org.jspecify.annotations.NullMarked;
