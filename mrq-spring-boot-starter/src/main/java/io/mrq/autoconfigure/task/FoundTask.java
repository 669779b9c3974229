package io.mrq.autoconfigure.task;

import io.mrq.task.TaskDefinition;
import java.lang.reflect.AnnotatedElement;
import org.jspecify.annotations.Nullable;

/**
 * A task that was found among the beans.
 *
 * @param origin where it was found, for messages
 * @param definition the task
 * @param element the class or method that is the task; null for a bean that is a definition
 */
record FoundTask(String origin, TaskDefinition definition, @Nullable AnnotatedElement element) {}
