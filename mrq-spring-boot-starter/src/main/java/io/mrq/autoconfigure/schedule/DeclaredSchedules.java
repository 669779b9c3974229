package io.mrq.autoconfigure.schedule;

import io.mrq.autoconfigure.MrqProperties;
import io.mrq.autoconfigure.task.TaskElements;
import io.mrq.schedule.InvalidScheduleException;
import io.mrq.schedule.MrqSchedule;
import io.mrq.schedule.ScheduleDefinition;
import io.mrq.schedule.Schedules;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** The schedules that the application declares, by annotations and by properties. */
final class DeclaredSchedules {
  private final ObjectProvider<TaskElements> tasks;
  private final ScheduleAnnotation annotations;
  private final Map<String, MrqProperties.Schedule> properties;
  private final Schedules schedules;

  DeclaredSchedules(
      ObjectProvider<TaskElements> tasks,
      ScheduleAnnotation annotations,
      Map<String, MrqProperties.Schedule> properties,
      Schedules schedules) {
    this.tasks = tasks;
    this.annotations = annotations;
    this.properties = properties;
    this.schedules = schedules;
  }

  /**
   * Collects and checks all of them.
   *
   * @throws IllegalStateException naming the first that is wrong, or two of the same name
   */
  Collection<ScheduleDefinition> all() {
    Map<String, ScheduleDefinition> byName = new LinkedHashMap<>();
    tasks.ifAvailable(known ->
        known
            .elements()
            .forEach((path, element) ->
                of(element)
                    .forEach(schedule -> {
                      String where = "@MrqSchedule on %s".formatted(element);
                      add(byName, where, () -> annotations.definition(schedule, path));
                    })));
    properties.forEach(
        (name, schedule) -> add(byName, "mrq.schedules." + name, () -> schedule.definition(name)));
    return byName.values();
  }

  private static List<MrqSchedule> of(AnnotatedElement element) {
    return new ArrayList<>(
        AnnotatedElementUtils.findMergedRepeatableAnnotations(element, MrqSchedule.class));
  }

  private void add(
      Map<String, ScheduleDefinition> byName, String where, Supplier<ScheduleDefinition> reader) {
    try {
      ScheduleDefinition definition = reader.get();
      schedules.check(definition);
      if (byName.putIfAbsent(definition.name(), definition) != null) {
        throw new IllegalStateException(
            "%s has the name '%s', which another schedule of this application has, too: give it another"
                .formatted(where, definition.name()));
      }
    } catch (InvalidScheduleException e) {
      throw new IllegalStateException("%s: %s".formatted(where, e.getMessage()), e);
    }
  }
}
