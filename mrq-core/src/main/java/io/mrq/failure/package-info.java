/** Groups of jobs that failed in the same way. */
@NullMarked
package io.mrq.failure;

import org.jspecify.annotations.NullMarked;
