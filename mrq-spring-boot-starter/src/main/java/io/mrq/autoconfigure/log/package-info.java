/** Hands what jobs log to the worker, which keeps it. */
@NullMarked
package io.mrq.autoconfigure.log;

import org.jspecify.annotations.NullMarked;
