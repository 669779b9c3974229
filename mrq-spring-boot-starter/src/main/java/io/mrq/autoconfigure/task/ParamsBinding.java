package io.mrq.autoconfigure.task;

import io.mrq.task.InvalidParamsException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns stored params into what one task takes, and validates them. The type is resolved once, when
 * the task is found.
 */
final class ParamsBinding {
  /** In characters; what is larger describes more than anybody looks at. */
  private static final int MAX_SCHEMA = 64 * 1024;

  private static final Logger log = LoggerFactory.getLogger(ParamsBinding.class);

  private final JsonMapper json;
  private final ParamsValidator validator;
  private final JavaType type;
  private final ParamsSchema schemas;

  ParamsBinding(JsonMapper json, ParamsValidator validator, JavaType type, ParamsSchema schemas) {
    this.json = json;
    this.validator = validator;
    this.type = type;
    this.schemas = schemas;
  }

  /**
   * Binds and validates params.
   *
   * @throws InvalidParamsException saying everything that is wrong
   */
  @Nullable Object bind(Map<String, @Nullable Object> params) {
    if (type.hasRawClass(Void.class)) {
      return null;
    }
    if (isAsStored()) {
      return params;
    }
    Object bound;
    try {
      bound = json.convertValue(params, type);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new InvalidParamsException("the params do not fit the task: " + complaint(e));
    }
    Stream<String> complaints = validator.complaints(bound);
    String all = complaints.sorted().collect(Collectors.joining("; "));
    if (!all.isEmpty()) {
      throw new InvalidParamsException("the params do not fit the task: " + all);
    }
    return bound;
  }

  /**
   * Returns the JSON Schema of the params as a JSON text; null when the task takes anything, or
   * when none can be made.
   */
  @Nullable String schema() {
    if (type.hasRawClass(Void.class) || isAsStored()) {
      return null;
    }
    try {
      String schema = schemas.of(type);
      return schema.length() <= MAX_SCHEMA ? schema : null;
    } catch (RuntimeException e) {
      log.debug("no schema can be made of {}", type, e);
      return null;
    }
  }

  /** Whether the task takes a map of any values; for other maps the values are converted. */
  private boolean isAsStored() {
    return type.hasRawClass(Map.class)
        && type.getContentType().hasRawClass(Object.class)
        && (type.getKeyType().hasRawClass(String.class)
            || type.getKeyType().hasRawClass(Object.class));
  }

  /** Names the param and the type that it should have, but not its value, which may be secret. */
  private static String complaint(Exception e) {
    if (e instanceof DatabindException mapping) {
      String place =
          mapping.getPath().stream()
              .map(
                  r -> r.getPropertyName() == null ? "[" + r.getIndex() + "]" : r.getPropertyName())
              .collect(Collectors.joining("."));
      String wanted =
          e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null
              ? " cannot be read as " + mismatch.getTargetType().getSimpleName()
              : " cannot be read";
      return "'" + place + "'" + wanted;
    }
    return "they are not of the task's form";
  }
}
