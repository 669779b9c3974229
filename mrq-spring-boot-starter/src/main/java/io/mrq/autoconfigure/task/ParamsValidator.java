package io.mrq.autoconfigure.task;

import jakarta.validation.Validator;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Bean Validation of params, also of those inside maps and lists. */
final class ParamsValidator {
  private final Validator validator;

  ParamsValidator(Validator validator) {
    this.validator = validator;
  }

  /** A sentence for each violation, none when there is none. */
  Stream<String> complaints(@Nullable Object params) {
    return complaints(params, "");
  }

  private Stream<String> complaints(@Nullable Object value, String where) {
    return switch (value) {
      case null -> Stream.empty();
      case Map<?, ?> map ->
          map.entrySet().stream()
              .flatMap(entry -> complaints(entry.getValue(), where + entry.getKey() + "."));
      case Collection<?> list -> list.stream().flatMap(element -> complaints(element, where));
      default ->
          validator.validate(value).stream()
              .map(v -> "'" + where + v.getPropertyPath() + "' " + v.getMessage());
    };
  }
}
