package io.mrq.autoconfigure.task;

import java.lang.reflect.AnnotatedElement;
import java.util.Map;

/** Where the tasks of the application are declared. */
public interface TaskElements {
  /**
   * Returns the classes and methods that are tasks, by the paths; complete once all beans are made.
   */
  Map<String, AnnotatedElement> elements();
}
