package io.mrq.api.schedule;

import io.mrq.api.json.JsonValues;
import io.mrq.api.request.JsonFields;
import io.mrq.api.request.QueryParams;
import io.mrq.schedule.Schedule;
import io.mrq.schedule.ScheduleDefinition;
import io.mrq.schedule.ScheduleFields;
import io.mrq.schedule.Schedules;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows when a schedule, or one that is not stored yet, has its next slots. */
@RestController
@RequestMapping(path = "/api/v1/schedules", produces = MediaType.APPLICATION_JSON_VALUE)
class SlotPreviewController {
  private static final int MAX_SLOTS = 100;
  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ISO_OFFSET_DATE_TIME;

  private final Schedules schedules;

  SlotPreviewController(Schedules schedules) {
    this.schedules = schedules;
  }

  @GetMapping("/{name}/next")
  Map<String, Object> next(@PathVariable String name, HttpServletRequest request) {
    QueryParams params = QueryParams.of(request, "n", "zone");
    int count = params.number("n", 5, 1, MAX_SLOTS);
    Optional<ZoneId> zone = params.one("zone").map(SlotPreviewController::zone);
    Schedule schedule = schedules.find(name).orElseThrow(() -> ScheduleProblems.unknown(name));
    return items(schedules.upcoming(schedule, count), schedule.definition().zone(), zone);
  }

  @PostMapping(path = "/preview", consumes = MediaType.APPLICATION_JSON_VALUE)
  Map<String, Object> preview(HttpServletRequest request) throws IOException {
    QueryParams params = QueryParams.of(request, "n", "zone");
    int count = params.number("n", 5, 1, MAX_SLOTS);
    Optional<ZoneId> zone = params.one("zone").map(SlotPreviewController::zone);
    JsonFields body = JsonFields.of(request, ScheduleFields.NAMES.toArray(String[]::new));
    return ScheduleProblems.translated(() -> {
      ScheduleDefinition definition = ScheduleFields.read("preview", ScheduleBody.fields(body));
      return items(schedules.preview(definition, count), definition.zone(), zone);
    });
  }

  private static Map<String, Object> items(
      List<Instant> slots, ZoneId own, Optional<ZoneId> other) {
    List<Map<String, Object>> items = new ArrayList<>();
    ZoneOffset before = null;
    for (Instant slot : slots) {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("at", JsonValues.date(slot));
      item.put("local", LOCAL.format(slot.atZone(own)));
      other.ifPresent(zone -> item.put("in_zone", LOCAL.format(slot.atZone(zone))));
      ZoneOffset offset = own.getRules().getOffset(slot);
      if (before != null && !before.equals(offset)) {
        boolean forward = offset.getTotalSeconds() > before.getTotalSeconds();
        item.put("clock", forward ? "forward" : "back");
      }
      before = offset;
      items.add(item);
    }
    return Map.of("items", items);
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException _) {
      throw QueryParams.refused(
          "zone", "must be a time zone such as Europe/Berlin or UTC, but is '%s'".formatted(text));
    }
  }
}
