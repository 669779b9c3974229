package io.mrq.autoconfigure.schedule;

import io.mrq.schedule.InvalidScheduleException;
import io.mrq.schedule.MrqSchedule;
import io.mrq.schedule.ScheduleDefinition;
import io.mrq.schedule.ScheduleFields;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads {@link MrqSchedule}, and resolves the placeholders in its texts. */
final class ScheduleAnnotation {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final TypeReference<LinkedHashMap<String, @Nullable Object>> PARAMS =
      new TypeReference<>() {};

  private final ConfigurableBeanFactory beans;

  ScheduleAnnotation(ConfigurableBeanFactory beans) {
    this.beans = beans;
  }

  /**
   * Returns what an annotation defines.
   *
   * @param path of the task on which it stands
   * @throws InvalidScheduleException for the first attribute that is wrong
   */
  ScheduleDefinition definition(MrqSchedule schedule, String path) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("path", path);
    fields.put("every", resolved(schedule.every()));
    fields.put("daily_at", resolved(schedule.dailyAt()));
    fields.put("weekday", resolved(schedule.weekday()));
    fields.put("monthday", resolved(schedule.monthday()));
    fields.put("at", resolved(schedule.at()));
    fields.put("cron", resolved(schedule.cron()));
    fields.put("zone", resolved(schedule.zone()));
    fields.put("misfire", schedule.misfire().name().toLowerCase(Locale.ROOT));
    fields.put("window", resolved(schedule.window()));
    fields.put("overlap", schedule.overlap().name().toLowerCase(Locale.ROOT));
    fields.put("jitter", resolved(schedule.jitter()));
    fields.put("start", resolved(schedule.start()));
    fields.put("end", resolved(schedule.end()));
    fields.put("queue", resolved(schedule.queue()));
    fields.put("priority", schedule.priority());
    fields.put("params", params(resolved(schedule.params())));
    String name = resolved(schedule.name());
    return ScheduleFields.read(name == null ? path : name, fields);
  }

  private static @Nullable Map<String, @Nullable Object> params(@Nullable String json) {
    try {
      return json == null ? null : JSON.readValue(json, PARAMS);
    } catch (JacksonException e) {
      throw new InvalidScheduleException("params", "must be a JSON object: " + e.getMessage());
    }
  }

  private @Nullable String resolved(String text) {
    String resolved = Objects.requireNonNullElse(beans.resolveEmbeddedValue(text), "");
    return resolved.isBlank() ? null : resolved;
  }
}
