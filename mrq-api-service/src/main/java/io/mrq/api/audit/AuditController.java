package io.mrq.api.audit;

import io.mrq.api.json.JsonValues;
import io.mrq.api.request.QueryParams;
import io.mrq.audit.AuditEntry;
import io.mrq.audit.AuditId;
import io.mrq.audit.AuditLog;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists the audit entries, newest first. */
@RestController
@RequestMapping(path = "/api/v1/audit", produces = MediaType.APPLICATION_JSON_VALUE)
class AuditController {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 500;

  private final AuditLog log;

  AuditController(AuditLog log) {
    this.log = log;
  }

  @GetMapping
  Map<String, @Nullable Object> list(HttpServletRequest request) {
    QueryParams query = QueryParams.of(request, "after", "limit");
    AuditId after = query.one("after").map(AuditController::id).orElse(null);
    int limit = query.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    // One more than is shown tells whether there is a next page.
    List<AuditEntry> found = log.list(after, limit + 1);
    boolean more = found.size() > limit;
    List<AuditEntry> shown = more ? found.subList(0, limit) : found;
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("items", shown.stream().map(AuditController::json).toList());
    answer.put("next", more ? shown.getLast().id().hex() : null);
    return answer;
  }

  private static AuditId id(String text) {
    try {
      return new AuditId(text);
    } catch (IllegalArgumentException _) {
      throw QueryParams.refused(
          "after", "must be an id of 24 lower-case hex digits, but is '%s'".formatted(text));
    }
  }

  private static Map<String, @Nullable Object> json(AuditEntry entry) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", entry.id().hex());
    json.put("date", JsonValues.date(entry.date()));
    json.put("who", entry.who());
    json.put("action", entry.action());
    json.put("target", entry.target());
    json.put("filter", entry.filter().isEmpty() ? null : JsonValues.object(entry.filter()));
    json.put("count", entry.count());
    json.put("outcome", entry.outcome().text());
    json.put("detail", entry.detail());
    json.values().removeIf(Objects::isNull);
    return json;
  }
}
