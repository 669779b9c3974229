package io.mrq.service.worker.tasks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What {@code Content-Encoding} says was done to a body, in that order. Services write many things
 * there; what is not understood, or not true, leaves the body as it came.
 */
record ContentCodings(List<String> names) {
  /** For {@code Accept-Encoding}. */
  static final String ACCEPTED = "gzip, deflate";

  private static final int MANY = 5;

  static ContentCodings of(ClassicHttpResponse response) {
    return new ContentCodings(
        Arrays.stream(response.getHeaders(HttpHeaders.CONTENT_ENCODING))
            .map(Header::getValue)
            .flatMap(value -> Arrays.stream((value == null ? "" : value).split(",")))
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .filter(name -> !name.isEmpty() && !name.equals("identity"))
            .toList());
  }

  /**
   * The body before its codings, or its first {@code atMost} bytes.
   *
   * @return null when nothing was coded, or when it cannot be undone
   */
  byte @Nullable [] undo(byte[] coded, int atMost) {
    return undo(coded, content -> content.readNBytes(atMost));
  }

  /** As {@link #undo}, of a body that may end anywhere. */
  byte @Nullable [] undoBeginning(byte[] coded, int atMost) {
    byte[] decoded = undo(coded, content -> BodyBytes.beginning(content, atMost));
    return decoded == null || (decoded.length == 0 && coded.length > 0) ? null : decoded;
  }

  private byte @Nullable [] undo(byte[] coded, Reading reading) {
    if (names.isEmpty() || names.size() > MANY) {
      return null;
    }
    byte[] bytes = coded;
    for (String name : names.reversed()) {
      // An empty body often names a coding that was never done to it.
      if (bytes.length > 0) {
        bytes = undo(name, bytes, reading);
      }
      if (bytes == null) {
        return null;
      }
    }
    return bytes;
  }

  private static byte @Nullable [] undo(String name, byte[] coded, Reading reading) {
    Inflater inflater = new Inflater(!hasZlibHeader(coded));
    InputStream bytes = new ByteArrayInputStream(coded);
    try {
      return switch (name) {
        case "gzip", "x-gzip" -> reading.read(new GZIPInputStream(bytes));
        case "deflate" -> reading.read(new InflaterInputStream(bytes, inflater));
        default -> null;
      };
    } catch (IOException _) {
      return null;
    } finally {
      inflater.end();
    }
  }

  /** Many services send the bare stream of RFC 1951 as {@code deflate}. */
  private static boolean hasZlibHeader(byte[] coded) {
    return coded.length >= 2
        && (coded[0] & 0x0f) == 8
        && ((coded[0] & 0xff) << 8 | coded[1] & 0xff) % 31 == 0;
  }

  @FunctionalInterface
  private interface Reading {
    byte[] read(InputStream content) throws IOException;
  }
}
