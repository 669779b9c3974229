package io.mrq.api.schedule;

import io.mrq.api.request.JsonFields;
import io.mrq.schedule.ScheduleFields;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a definition in a body, each of the type that the description of the API tells. */
final class ScheduleBody {
  private static final String PARAMS = "params";
  private static final Set<String> NUMBERS = Set.of("priority", "weekday", "monthday");

  private ScheduleBody() {}

  /** Returns the fields, with any others that the body may have. */
  static Map<String, @Nullable Object> fields(JsonFields body) {
    Map<String, @Nullable Object> all = body.all();
    for (String name : ScheduleFields.NAMES) {
      Object value = all.get(name);
      if (value == null || name.equals(PARAMS)) {
        continue;
      }
      if (!NUMBERS.contains(name)) {
        all.put(name, body.required(name));
      } else if (!(value instanceof Integer)) {
        throw body.refused(name, "must be a whole number");
      }
    }
    return all;
  }
}
