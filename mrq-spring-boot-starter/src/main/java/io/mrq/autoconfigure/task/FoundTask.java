package io.mrq.autoconfigure.task;

import io.mrq.task.TaskDefinition;

/**
 * A task that was found among the beans.
 *
 * @param origin where it was found, for messages
 * @param definition the task
 */
record FoundTask(String origin, TaskDefinition definition) {}
