package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.Json;
import de.bwaldvogel.mongo.exception.BadValueException;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.PathNotViableException;
import de.bwaldvogel.mongo.exception.TypeMismatchException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What MongoDB refuses to do to a value that is null. The library takes such a value for one that
 * is not there; all other refusals are its own.
 */
final class UpdateRules {

  private UpdateRules() {}

  /**
   * Checks an update against the document that it is to change.
   *
   * @throws MongoServerError as MongoDB refuses it
   */
  static void check(Document document, Document update) {
    for (Map.Entry<String, Object> modifier : update.entrySet()) {
      if (modifier.getValue() instanceof Document changes) {
        for (String path : changes.keySet()) {
          // A place that the filter decides cannot be looked up here.
          if (path.indexOf('$') < 0) {
            check(document, modifier.getKey(), path);
          }
        }
      }
    }
  }

  private static void check(Document document, String operator, String path) {
    switch (operator) {
      case "$inc", "$mul" -> {
        requirePath(document, path);
        if (isNull(document, path)) {
          throw new TypeMismatchException(
              "Cannot apply "
                  + operator
                  + " to a value of non-numeric type. "
                  + idOf(document)
                  + " has the field '"
                  + path.substring(path.lastIndexOf('.') + 1)
                  + "' of non-numeric type null");
        }
      }
      case "$push" -> {
        requirePath(document, path);
        if (isNull(document, path)) {
          throw new BadValueException(
              "The field '"
                  + path
                  + "' must be an array but is of type null in document "
                  + idOf(document));
        }
      }
      case "$addToSet" -> {
        requirePath(document, path);
        Object value = valueAt(document, path);
        if (!(value instanceof Missing || value instanceof List<?>)) {
          throw new BadValueException(
              "Cannot apply $addToSet to non-array field. Field named '"
                  + path
                  + "' has non-array type "
                  + Utils.describeType(value));
        }
      }
      case "$pull", "$pullAll" -> {
        if (isNull(document, path)) {
          throw new BadValueException("Cannot apply " + operator + " to a non-array value");
        }
      }
      case "$pop" -> {
        Object value = valueAt(document, path);
        if (!(value instanceof Missing || value instanceof List<?>)) {
          throw new TypeMismatchException(
              "Path '"
                  + path
                  + "' contains an element of non-array type '"
                  + Utils.describeType(value)
                  + "'");
        }
      }
      case "$set", "$min", "$max", "$currentDate" -> requirePath(document, path);
      default -> {}
    }
  }

  private static String idOf(Document document) {
    return "{_id: " + Json.toJsonValue(document.get("_id")) + "}";
  }

  private static boolean isNull(Document document, String path) {
    return valueAt(document, path) == null;
  }

  /** A field can be made inside of one that is missing, and not inside of one that is null. */
  private static void requirePath(Document document, String path) {
    int dot = path.indexOf('.');
    while (dot >= 0) {
      String parent = path.substring(0, dot);
      if (isNull(document, parent)) {
        String name = parent.substring(parent.lastIndexOf('.') + 1);
        throw new PathNotViableException(
            path.substring(dot + 1).split("\\.", 2)[0], new Document(name, null));
      }
      dot = path.indexOf('.', dot + 1);
    }
  }

  /** The value, null where it is null, {@link Missing} where there is none. */
  private static @Nullable Object valueAt(Document document, String path) {
    Object value = document;
    for (String name : path.split("\\.")) {
      switch (value) {
        case Document parent -> value = parent.getOrMissing(name);
        case List<?> elements -> {
          boolean there = name.matches("\\d{1,9}") && Integer.parseInt(name) < elements.size();
          value = there ? elements.get(Integer.parseInt(name)) : Missing.getInstance();
        }
        case null, default -> {
          return Missing.getInstance();
        }
      }
    }
    return value;
  }
}
