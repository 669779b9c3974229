/**
 * What user code sees: tasks, their settings, the context of a running job, and advice around every
 * task.
 */
@NullMarked
package io.mrq.task;

import org.jspecify.annotations.NullMarked;
