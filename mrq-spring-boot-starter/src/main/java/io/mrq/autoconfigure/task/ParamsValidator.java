package io.mrq.autoconfigure.task;

import jakarta.validation.Validator;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Applies Bean Validation to params, and to what is in their maps and lists. */
final class ParamsValidator {
  private final Validator validator;

  ParamsValidator(Validator validator) {
    this.validator = validator;
  }

  /** Returns a sentence for each violation. */
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
