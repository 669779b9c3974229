/** The model of jobs that are claimed and held before a slot is free. */
@NullMarked
package io.mrq.model.ahead;

import org.jspecify.annotations.NullMarked;
