package io.mrq.api.access;

import io.mrq.access.ApiKey;
import io.mrq.access.ApiKeys;
import io.mrq.api.audit.Audit;
import io.mrq.api.audit.AuditedAction;
import io.mrq.api.json.JsonValues;
import io.mrq.api.problem.Problem;
import io.mrq.api.problem.ProblemException;
import io.mrq.api.problem.ProblemType;
import io.mrq.api.request.JsonFields;
import io.mrq.api.request.QueryParams;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Issues, lists and revokes API keys, for admins. */
@RestController
@RequestMapping(path = "/api/v1/api-keys", produces = MediaType.APPLICATION_JSON_VALUE)
class ApiKeyController {
  private static final int MAX_NAME = 100;
  private static final int MAX_LISTED = 1000;

  private final ApiKeys keys;
  private final ApiKeyIssuer issuer;
  private final StoredKeys known;
  private final Audit audit;
  private final InstantSource clock = InstantSource.system();

  ApiKeyController(ApiKeys keys, ApiKeyIssuer issuer, StoredKeys known, Audit audit) {
    this.keys = keys;
    this.issuer = issuer;
    this.known = known;
    this.audit = audit;
  }

  @GetMapping
  Map<String, List<Map<String, Object>>> list(HttpServletRequest request) {
    QueryParams.of(request);
    return Map.of("items", keys.list(MAX_LISTED).stream().map(ApiKeyController::json).toList());
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Map<String, Object> issue(HttpServletRequest request) throws IOException {
    QueryParams.of(request);
    JsonFields body = JsonFields.of(request, "name", "role", "expires");
    String name = name(body);
    Role role = role(body);
    Optional<Instant> expires = body.text("expires").map(text -> date(body, text));
    AuditedAction action =
        AuditedAction.of("api-key.create")
            .on(name)
            .detailed(
                "role "
                    + role.text()
                    + expires.map(date -> ", until " + JsonValues.date(date)).orElse(""));
    ApiKeyIssuer.Issued issued =
        audit.change(
            request,
            action,
            () -> issuer.issue(name, role.text(), Audit.who(request), expires.orElse(null)));
    Map<String, Object> json = json(issued.key());
    json.put("key", issued.secret());
    return json;
  }

  @DeleteMapping("/{id}")
  Map<String, Object> revoke(@PathVariable String id, HttpServletRequest request) {
    QueryParams.of(request);
    return audit.change(request, AuditedAction.of("api-key.revoke").on(id), () -> revoke(id));
  }

  private Map<String, Object> revoke(String id) {
    boolean revoked = keys.delete(id);
    known.forget(id);
    if (!revoked) {
      throw new ProblemException(
          Problem.of(ProblemType.API_KEY_NOT_FOUND, "There is no API key '%s'.".formatted(id)));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("revoked", true);
    return json;
  }

  private static String name(JsonFields body) {
    String name = body.required("name");
    if (name.isBlank()
        || name.length() > MAX_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw body.refused(
          "name",
          "must not be blank, and must have at most %d characters and no control characters"
              .formatted(MAX_NAME));
    }
    return name;
  }

  private static Role role(JsonFields body) {
    return Role.named(body.text("role").orElse(Role.VIEWER.text()))
        .orElseThrow(() -> body.refused("role", "must be viewer, operator or admin"));
  }

  private Instant date(JsonFields body, String text) {
    Instant date = parsed(text);
    if (date == null || !date.isAfter(clock.instant())) {
      throw body.refused(
          "expires", "must be an ISO-8601 date with a zone in the future, not '" + text + "'");
    }
    return date;
  }

  private static @Nullable Instant parsed(String text) {
    try {
      return ZonedDateTime.parse(text).toInstant();
    } catch (DateTimeException _) {
      return null;
    }
  }

  private static Map<String, Object> json(ApiKey key) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", key.id());
    json.put("name", key.name());
    json.put("role", key.role());
    json.put("created_by", key.createdBy());
    json.put("created", JsonValues.date(key.created()));
    if (key.expires() != null) {
      json.put("expires", JsonValues.date(key.expires()));
    }
    if (key.used() != null) {
      json.put("used", JsonValues.date(key.used()));
    }
    return json;
  }
}
