/** The duties that delete what has expired and keep what must not expire. */
@NullMarked
package io.mrq.engine.retention;

import org.jspecify.annotations.NullMarked;
