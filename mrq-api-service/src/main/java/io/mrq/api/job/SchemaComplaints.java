package io.mrq.api.job;

import com.networknt.schema.Error;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * What is said of params that do not fit a schema. It never repeats a value, which may be secret.
 */
final class SchemaComplaints {
  private static final Set<String> SCALARS = Set.of("string", "integer", "number", "boolean");

  private SchemaComplaints() {}

  /**
   * Whether a worker may still take the value: the binding of params turns numbers into texts,
   * texts into truth values, and empty texts into nothing.
   */
  static boolean isUpToTheWorker(Error error) {
    JsonNode value = error.getInstanceNode();
    return switch (error.getKeyword()) {
      case "type" -> isUpToTheWorker(value, types(error.getSchemaNode()));
      case "enum" -> value.isNumber() || value.asString("").isBlank();
      default -> false;
    };
  }

  private static boolean isUpToTheWorker(JsonNode value, Set<String> wanted) {
    wanted.retainAll(SCALARS);
    if (wanted.isEmpty()) {
      return value.isString() && value.asString().isBlank();
    }
    if (value.isNumber()) {
      return true;
    }
    if (value.isBoolean()) {
      return wanted.contains("string");
    }
    return value.isString()
        && (value.asString().isBlank()
            || (wanted.contains("boolean")
                && Set.of("true", "false")
                    .contains(value.asString().strip().toLowerCase(Locale.ROOT))));
  }

  private static Set<String> types(JsonNode type) {
    Set<String> types = new HashSet<>();
    if (type.isString()) {
      types.add(type.asString());
    } else {
      type.forEach(one -> types.add(one.asString()));
    }
    return types;
  }

  /** The rest of a sentence that begins with the name of the field. */
  static String sentence(Error error) {
    JsonNode limit = error.getSchemaNode();
    return switch (error.getKeyword()) {
      case "required" -> "is required";
      case "additionalProperties", "unevaluatedProperties" -> "is no param of the task";
      case "type" -> "must be of the type " + String.join(" or ", new TreeSet<>(types(limit)));
      case "enum" -> "must be one of " + limit;
      case "minimum" -> "must be at least " + limit;
      case "maximum" -> "must be at most " + limit;
      case "exclusiveMinimum" -> "must be more than " + limit;
      case "exclusiveMaximum" -> "must be less than " + limit;
      case "minLength" -> "must have at least %s characters".formatted(limit);
      case "maxLength" -> "must have at most %s characters".formatted(limit);
      case "minItems" -> "must have at least %s elements".formatted(limit);
      case "maxItems" -> "must have at most %s elements".formatted(limit);
      case "minProperties" -> "must have at least %s entries".formatted(limit);
      case "maxProperties" -> "must have at most %s entries".formatted(limit);
      case "pattern" -> "must match the pattern " + limit.asString();
      default -> "does not fit the rule '%s' of the task's schema".formatted(error.getKeyword());
    };
  }
}
