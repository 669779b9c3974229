package io.mrq.autoconfigure;

import io.mrq.job.InvalidJobException;
import io.mrq.job.JobValues;
import io.mrq.task.InvalidParamsException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.exc.MismatchedInputException;
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
      throw new InvalidParamsException("the params do not fit the task: " + complaint(e));
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

  /** Names the param and the wanted type; never repeats the value, which may be a secret. */
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

  /**
   * The result in plain values: as it is when it is that already, else as Jackson would write it.
   */
  @Nullable Object plain(@Nullable Object result) {
    try {
      JobValues.check(result, "result");
      return result;
    } catch (InvalidJobException e) {
      return json.convertValue(result, Object.class);
    }
  }
}
