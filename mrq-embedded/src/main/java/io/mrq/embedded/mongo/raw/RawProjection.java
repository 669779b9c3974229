package io.mrq.embedded.mongo.raw;

import de.bwaldvogel.mongo.backend.Utils;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of a document an answer has: some of its own fields, or all but some.
 *
 * @param fields the fields that it has, in order; or those that it has not
 */
public record RawProjection(List<RawName> fields, boolean areLeftOut) {

  private static final RawName ID = RawName.of("_id");

  /** The projection of a command; null when it is of another kind. */
  public static @Nullable RawProjection of(@Nullable RawDocument projection) {
    if (projection == null || projection.size() == 0 || !projection.isDistinct()) {
      return null;
    }
    List<RawName> shown = new ArrayList<>();
    List<RawName> hidden = new ArrayList<>();
    for (int field = 0; field < projection.size(); field++) {
      RawName name = projection.name(field);
      Object value = projection.value(field);
      if (!RawUpdate.isPlain(name) || !(value instanceof Number || value instanceof Boolean)) {
        return null;
      }
      (Utils.isTrue(value) ? shown : hidden).add(name);
    }
    boolean hidesId = hidden.stream().anyMatch(ID::equalTo);
    if (shown.isEmpty()) {
      return new RawProjection(hidden, true);
    }
    if (hidden.size() > (hidesId ? 1 : 0)) {
      return null;
    }
    if (!hidesId && shown.stream().noneMatch(ID::equalTo)) {
      shown.addFirst(ID);
    }
    return new RawProjection(shown, false);
  }

  public RawDocument applyTo(RawDocument document) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(document.end() - document.start());
    out.writeBytes(new byte[Integer.BYTES]);
    if (areLeftOut) {
      for (int field = 0; field < document.size(); field++) {
        int place = field;
        if (fields.stream().noneMatch(name -> document.isNamed(place, name))) {
          copy(document, field, out);
        }
      }
    } else {
      for (RawName name : fields) {
        int field = document.find(name);
        if (field >= 0) {
          copy(document, field, out);
        }
      }
    }
    out.write(0);
    byte[] bytes = out.toByteArray();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(0, bytes.length);
    return Objects.requireNonNull(RawDocument.of(bytes));
  }

  private static void copy(RawDocument document, int field, ByteArrayOutputStream out) {
    int begin = document.begin(field);
    out.write(document.bytes(), begin, document.valueEnd(field) - begin);
  }
}
