package io.mrq.embedded.mongo.index;

import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.BsonConstants;
import io.mrq.embedded.mongo.raw.RawDocument;
import io.mrq.embedded.mongo.raw.RawName;
import io.mrq.embedded.mongo.raw.RawUpdate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
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
   * @param exists whether it must be there, whatever it is
   * @param demand in the form of the library
   */
  private record Part(
      String field, RawName name, @Nullable Texts texts, boolean exists, Document demand) {

    static Part of(String field, @Nullable Object demand) {
      return new Part(
          field,
          RawName.of(field),
          Texts.of(demand),
          EXISTS.equals(demand),
          new Document(field, demand));
    }

    boolean holds(RawDocument document) {
      int place = document.find(name);
      if (exists) {
        return place >= 0;
      }
      if (texts != null && place >= 0 && document.type(place) == BsonConstants.TYPE_UTF8_STRING) {
        return texts.contain(document, place);
      }
      return holds(place < 0 ? Missing.getInstance() : document.value(place));
    }

    boolean holds(@Nullable Object value) {
      if (exists) {
        return !(value instanceof Missing);
      }
      if (texts != null && !(value instanceof Collection<?>)) {
        return value instanceof String text && texts.all.contains(text);
      }
      Document document = value instanceof Missing ? new Document() : new Document(field, value);
      return new DefaultQueryMatcher().matches(document, demand);
    }
  }

  /** Some texts, and each of them as it stands in a document. */
  private record Texts(Set<String> all, List<byte[]> utf8) {

    /** The texts that a field may have; null when something else is demanded. */
    static @Nullable Texts of(@Nullable Object demand) {
      if (demand instanceof String text) {
        return of(List.of(text));
      }
      return demand instanceof Document document
              && document.size() == 1
              && document.get("$in") instanceof Collection<?> values
          ? of(values)
          : null;
    }

    private static @Nullable Texts of(Collection<?> values) {
      Set<String> all = new HashSet<>();
      List<byte[]> utf8 = new ArrayList<>();
      for (Object value : values) {
        if (!(value instanceof String text)) {
          return null;
        }
        all.add(text);
        utf8.add(text.getBytes(StandardCharsets.UTF_8));
      }
      return new Texts(all, utf8);
    }

    boolean contain(RawDocument document, int place) {
      for (int i = 0; i < utf8.size(); i++) {
        if (document.isText(place, utf8.get(i))) {
          return true;
        }
      }
      return false;
    }
  }

  private final Document filter;
  private final List<Part> parts = new ArrayList<>();
  private final boolean onOwnFields;

  PartialFilter(Document filter) {
    this.filter = filter;
    filter.forEach((field, demand) -> parts.add(Part.of(field, demand)));
    this.onOwnFields = parts.stream().allMatch(part -> RawUpdate.isPlain(part.name));
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
