/** For applications: failed jobs, grouped by what made them fail. */
@NullMarked
package io.mrq.failure;

import org.jspecify.annotations.NullMarked;
