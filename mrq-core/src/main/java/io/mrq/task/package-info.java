/**
 * For applications: tasks, their settings, what a running job may ask, and advice around every
 * task.
 *
 * <p>Start with {@link MrqTask} on a method, or {@link Task} for a class. A {@link TaskRegistry}
 * holds the tasks that a worker can run; everything else that must know how the jobs of a task are
 * treated asks a {@link TaskCatalog}, which knows settings and no code.
 */
@NullMarked
package io.mrq.task;

import org.jspecify.annotations.NullMarked;
