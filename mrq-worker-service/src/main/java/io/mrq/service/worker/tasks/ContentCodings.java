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
 * The codings that {@code Content-Encoding} names, in the order in which they were applied. When
 * one is unknown, or was not really applied, the body is left as it was received.
 */
record ContentCodings(List<String> names) {
  /** The value of {@code Accept-Encoding}. */
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
   * @return null when there is no coding, or when it cannot be decoded
   */
  byte @Nullable [] undo(byte[] coded, int atMost) {
    return undo(coded, content -> content.readNBytes(atMost));
  }

  /** Like {@link #undo}, for a body that may be incomplete. */
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
      // Services often name a coding for an empty body, to which it was not applied.
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

  /** Many services send raw data of RFC 1951 as {@code deflate}, without the zlib header. */
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
