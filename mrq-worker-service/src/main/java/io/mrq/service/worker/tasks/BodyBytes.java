package io.mrq.service.worker.tasks;

import io.mrq.service.worker.tasks.HttpTaskException.ResponseTooLarge;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;

/**
 * The bytes of the body of an answer, with its content codings decoded when possible.
 *
 * @param bytes decoded, or as they were received
 * @param decoded whether a coding was decoded
 */
record BodyBytes(byte[] bytes, boolean decoded) {
  private static final BodyBytes NONE = new BodyBytes(new byte[0], false);

  /**
   * Reads the whole body.
   *
   * @throws ResponseTooLarge when it is longer than {@code limit} bytes, encoded or decoded; the
   *     rest is not read
   * @throws IOException when the body is incomplete
   */
  static BodyBytes whole(ClassicHttpResponse response, int limit) throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return NONE;
    }
    if (entity.getContentLength() > limit) {
      throw tooLarge(limit);
    }
    byte[] coded = entity.getContent().readNBytes(limit + 1);
    byte[] decoded = ContentCodings.of(response).undo(coded, limit + 1);
    byte[] bytes = decoded == null ? coded : decoded;
    if (coded.length > limit || bytes.length > limit) {
      throw tooLarge(limit);
    }
    return new BodyBytes(bytes, decoded != null);
  }

  /** Reads the first bytes for a message, and fewer when reading fails. */
  static BodyBytes beginning(ClassicHttpResponse response, int atMost) throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return NONE;
    }
    byte[] coded = beginning(entity.getContent(), atMost);
    byte[] decoded = ContentCodings.of(response).undoBeginning(coded, atMost);
    return new BodyBytes(decoded == null ? coded : decoded, decoded != null);
  }

  /** The bytes of a stream up to its end or to an error. */
  static byte[] beginning(InputStream content, int atMost) {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] buffer = new byte[1024];
    try {
      int count = 0;
      while (count >= 0 && read.size() < atMost) {
        read.write(buffer, 0, count);
        count = content.read(buffer, 0, Math.min(buffer.length, atMost - read.size()));
      }
    } catch (IOException _) {
      // The bytes before the error are the result.
    }
    return read.toByteArray();
  }

  static ResponseTooLarge tooLarge(int limit) {
    return new ResponseTooLarge(
        "the response body is larger than %d bytes (text counts in UTF-8), which is the limit of mrq.tasks.http.max-response-size"
            .formatted(limit));
  }
}
