package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.BsonConstants;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which documents a partial index holds. It is asked for each document that is written, so its
 * usual demands are judged here and only odd values are left to the library.
 */
final class PartialFilter {

  private static final Document EXISTS = new Document("$exists", true);

  /**
   * What the value of a field must be.
   *
   * @param texts it must be one of these; null when something else is demanded
   * @param demand in the form of the library
   */
  private record Part(
      String field, RawName name, @Nullable Map<String, byte[]> texts, Document demand) {

    boolean holds(RawDocument document) {
      int place = document.find(name);
      if (texts != null && place >= 0 && document.type(place) == BsonConstants.TYPE_UTF8_STRING) {
        for (byte[] text : texts.values()) {
          if (document.isText(place, text)) {
            return true;
          }
        }
        return false;
      }
      return holds(place < 0 ? Missing.getInstance() : document.value(place));
    }

    boolean holds(@Nullable Object value) {
      if (texts != null && !(value instanceof Collection<?>)) {
        return value instanceof String text && texts.containsKey(text);
      }
      if (value instanceof Missing && EXISTS.equals(demand.get(field))) {
        return false;
      }
      Document document = value instanceof Missing ? new Document() : new Document(field, value);
      return new DefaultQueryMatcher().matches(document, demand);
    }
  }

  private final Document filter;
  private final List<Part> parts = new ArrayList<>();
  private final boolean onOwnFields;

  PartialFilter(Document filter) {
    this.filter = filter;
    filter.forEach((field, demand) ->
        parts.add(new Part(field, RawName.of(field), texts(demand), new Document(field, demand))));
    this.onOwnFields = parts.stream().allMatch(part -> RawUpdate.isPlain(part.name));
  }

  private static @Nullable Map<String, byte[]> texts(@Nullable Object demand) {
    if (demand instanceof String text) {
      return Map.of(text, text.getBytes(StandardCharsets.UTF_8));
    }
    if (!(demand instanceof Document document)
        || document.size() != 1
        || !(document.get("$in") instanceof Collection<?> values)) {
      return null;
    }
    Map<String, byte[]> texts = new HashMap<>();
    for (Object value : values) {
      if (!(value instanceof String text)) {
        return null;
      }
      texts.put(text, text.getBytes(StandardCharsets.UTF_8));
    }
    return texts;
  }

  /** Whether it looks at fields of the document itself alone, so that it can judge raw ones. */
  boolean isOnOwnFields() {
    return onOwnFields;
  }

  Set<String> fields() {
    return filter.keySet();
  }

  @Nullable Object demand(String field) {
    return filter.get(field);
  }

  boolean matches(Document document) {
    if (!onOwnFields) {
      return new DefaultQueryMatcher().matches(document, filter);
    }
    for (Part part : parts) {
      if (!part.holds(document.getOrMissing(part.field))) {
        return false;
      }
    }
    return true;
  }

  boolean matches(RawDocument document) {
    for (Part part : parts) {
      if (!part.holds(document)) {
        return false;
      }
    }
    return true;
  }

  /** A field that has one value in all documents that match. */
  record Constant(String field, RawName name, Object value) {}

  List<Constant> constants() {
    List<Constant> constants = new ArrayList<>();
    filter.forEach((field, value) -> {
      if (value instanceof String && field.indexOf('.') < 0) {
        constants.add(new Constant(field, RawName.of(field), value));
      }
    });
    return constants;
  }
}
