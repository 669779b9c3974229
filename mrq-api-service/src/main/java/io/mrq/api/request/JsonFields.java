package io.mrq.api.request;

import io.mrq.api.problem.Problem;
import io.mrq.api.problem.ProblemException;
import io.mrq.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object in the body of a request. Unknown fields are refused. A field that is
 * null counts as absent.
 */
public final class JsonFields {
  private final Map<?, ?> values;

  private JsonFields(Map<?, ?> values) {
    this.values = values;
  }

  /**
   * Reads the body.
   *
   * @param known the names of the fields that the route accepts
   * @throws ProblemException saying what is wrong and where
   */
  public static JsonFields of(HttpServletRequest request, String... known) throws IOException {
    Object body;
    try {
      body = JsonBody.read(request.getInputStream(), 0);
    } catch (ProblemException e) {
      throw e.problem().type() == ProblemType.INVALID_JOB ? asParameter(e.problem()) : e;
    }
    if (!(body instanceof Map<?, ?> fields)) {
      throw new ProblemException(
          Problem.of(ProblemType.INVALID_JSON, "The body must be a JSON object."));
    }
    return checked(new JsonFields(fields), known);
  }

  private static ProblemException asParameter(Problem problem) {
    return new ProblemException(
        new Problem(
            ProblemType.INVALID_PARAMETER,
            problem.status(),
            problem.detail(),
            problem.errors(),
            problem.headers(),
            problem.members()));
  }

  private static JsonFields checked(JsonFields fields, String... known) {
    for (Object name : fields.values.keySet()) {
      if (!List.of(known).contains(name)) {
        throw fields.refused(
            String.valueOf(name), "is unknown; the fields are " + String.join(", ", known));
      }
    }
    return fields;
  }

  /** All fields that the body has, in a map that the caller may change. */
  public Map<String, @Nullable Object> all() {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    values.forEach((name, value) -> all.put(String.valueOf(name), value));
    return all;
  }

  /** The object in a field; absent counts as empty. */
  public Map<?, ?> object(String name) {
    Object value = values.get(name);
    return switch (value) {
      case null -> Map.of();
      case Map<?, ?> object -> object;
      default -> throw refused(name, "must be an object");
    };
  }

  /** A required text. */
  public String required(String name) {
    return text(name)
        .orElseThrow(() -> refused(name, "is required and must be a text that is not empty"));
  }

  /** A text; empty when it is absent. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).map(value -> text(name, value));
  }

  /** A text that may be empty; absent counts as empty. */
  public String textOrEmpty(String name) {
    return "".equals(values.get(name)) ? "" : text(name).orElse("");
  }

  private String text(String name, @Nullable Object value) {
    if (value instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw refused(name, "must be a text that is not empty");
  }

  /** The refusal of a field, to be thrown. */
  public ProblemException refused(String name, String message) {
    return QueryParams.refused(name, message);
  }
}
