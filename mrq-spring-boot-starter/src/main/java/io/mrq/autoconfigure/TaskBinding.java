package io.mrq.autoconfigure;

import io.mrq.task.InvalidParamsException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/** Params as stored → the task's own type, validated; and its result → plain values. */
final class TaskBinding {
  private final JsonMapper json;
  private final Validator validator;

  TaskBinding(JsonMapper json, Validator validator) {
    this.json = json;
    this.validator = validator;
  }

  /**
   * Binds and checks.
   *
   * @throws InvalidParamsException with every complaint
   */
  @Nullable Object bind(Map<String, @Nullable Object> params, Type type) {
    JavaType target = json.getTypeFactory().constructType(type);
    if (target.getRawClass() == Void.class) {
      return null;
    }
    if (target.getRawClass().isInstance(params)) {
      return params;
    }
    Object bound;
    try {
      bound = json.convertValue(params, target);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new InvalidParamsException(
          "the params do not fit the task: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
    Set<ConstraintViolation<Object>> violations = validator.validate(bound);
    if (!violations.isEmpty()) {
      throw new InvalidParamsException(
          "the params do not fit the task: "
              + violations.stream()
                  .map(v -> "'" + v.getPropertyPath() + "' " + v.getMessage())
                  .sorted()
                  .collect(Collectors.joining("; ")));
    }
    return bound;
  }

  /** The result in plain values. */
  @Nullable Object plain(@Nullable Object result) {
    return switch (result) {
      case null -> null;
      case String _, Boolean _, Integer _, Long _, Double _ -> result;
      default -> json.convertValue(result, Object.class);
    };
  }
}
