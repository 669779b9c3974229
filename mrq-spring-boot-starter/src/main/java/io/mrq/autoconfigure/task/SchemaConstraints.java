package io.mrq.autoconfigure.task;

import jakarta.validation.Validator;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Negative;
import jakarta.validation.constraints.NegativeOrZero;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import jakarta.validation.groups.Default;
import jakarta.validation.metadata.ConstraintDescriptor;
import jakarta.validation.metadata.PropertyDescriptor;
import java.lang.annotation.Annotation;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

/**
 * Writes the constraints of Bean Validation into a JSON Schema, as far as both can say the same.
 */
final class SchemaConstraints {
  private final Validator validator;

  SchemaConstraints(Validator validator) {
    this.validator = validator;
  }

  /**
   * Adds what is declared for a property.
   *
   * @param name the name of the property in Java
   * @return whether it must be there
   */
  boolean add(Class<?> owner, String name, Map<String, Object> schema) {
    PropertyDescriptor property =
        validator.getConstraintsForClass(owner).getConstraintsForProperty(name);
    boolean required = false;
    if (property != null) {
      for (ConstraintDescriptor<?> constraint : property.getConstraintDescriptors()) {
        required |= add(constraint, schema);
      }
    }
    return required;
  }

  private static boolean add(ConstraintDescriptor<?> constraint, Map<String, Object> schema) {
    Set<Class<?>> groups = constraint.getGroups();
    if (!groups.isEmpty() && !groups.contains(Default.class)) {
      return false;
    }
    return add(constraint.getAnnotation(), schema);
  }

  private static boolean add(Annotation constraint, Map<String, Object> schema) {
    switch (constraint) {
      case NotNull _ -> {
        return true;
      }
      case NotEmpty _ -> {
        size(1, Integer.MAX_VALUE, schema);
        return true;
      }
      case NotBlank _ -> {
        size(1, Integer.MAX_VALUE, schema);
        return true;
      }
      case Size size -> size(size.min(), size.max(), schema);
      case Min min -> number("minimum", min.value(), schema);
      case Max max -> number("maximum", max.value(), schema);
      case Positive _ -> number("exclusiveMinimum", 0, schema);
      case PositiveOrZero _ -> number("minimum", 0, schema);
      case Negative _ -> number("exclusiveMaximum", 0, schema);
      case NegativeOrZero _ -> number("maximum", 0, schema);
      case DecimalMin min ->
          number(
              min.inclusive() ? "minimum" : "exclusiveMinimum",
              new BigDecimal(min.value()),
              schema);
      case DecimalMax max ->
          number(
              max.inclusive() ? "maximum" : "exclusiveMaximum",
              new BigDecimal(max.value()),
              schema);
      // A schema knows no flags; what they change is left to the task.
      case Pattern pattern when pattern.flags().length == 0 ->
          schema.put("pattern", "^(?:" + pattern.regexp() + ")$");
      case Email _ -> schema.put("format", "email");
      default -> {}
    }
    return false;
  }

  private static void size(int min, int max, Map<String, Object> schema) {
    String what =
        switch (String.valueOf(schema.get("type"))) {
          case "string" -> "Length";
          case "array" -> "Items";
          case "object" -> "Properties";
          default -> "";
        };
    if (!what.isEmpty() && min > 0) {
      schema.merge("min" + what, min, (a, b) -> Math.max((Integer) a, (Integer) b));
    }
    if (!what.isEmpty() && max < Integer.MAX_VALUE) {
      schema.merge("max" + what, max, (a, b) -> Math.min((Integer) a, (Integer) b));
    }
  }

  /** Limits hold for numbers alone in both. */
  private static void number(String keyword, Number limit, Map<String, Object> schema) {
    schema.put(keyword, limit);
  }
}
