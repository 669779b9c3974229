/** Releases and overrides of tasks in memory. */
@NullMarked
package io.mrq.test.memory.task;

import org.jspecify.annotations.NullMarked;
