/** Finds tasks among the beans, binds params, and makes plain values of results. */
@NullMarked
package io.mrq.autoconfigure.task;

import org.jspecify.annotations.NullMarked;
