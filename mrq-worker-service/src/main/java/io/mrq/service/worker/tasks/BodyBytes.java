package io.mrq.service.worker.tasks;

import io.mrq.service.worker.tasks.HttpTaskException.ResponseTooLarge;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;

/**
 * The bytes of an answer's body, with its content codings undone where they can be.
 *
 * @param bytes as the service meant them, or as they came
 * @param decoded whether a coding was undone
 */
record BodyBytes(byte[] bytes, boolean decoded) {
  private static final BodyBytes NONE = new BodyBytes(new byte[0], false);

  /**
   * Reads the whole body.
   *
   * @throws ResponseTooLarge as soon as it is longer than {@code limit} bytes, coded or not; the
   *     rest is not read
   * @throws IOException when the body does not come whole
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

  /** Reads the first bytes, as many as there are: for a message, which they must not prevent. */
  static BodyBytes beginning(ClassicHttpResponse response, int atMost) throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return NONE;
    }
    byte[] coded = beginning(entity.getContent(), atMost);
    byte[] decoded = ContentCodings.of(response).undoBeginning(coded, atMost);
    return new BodyBytes(decoded == null ? coded : decoded, decoded != null);
  }

  /** What can be read of a stream that may break off. */
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
      // What came before is all there is.
    }
    return read.toByteArray();
  }

  static ResponseTooLarge tooLarge(int limit) {
    return new ResponseTooLarge(
        "the response body is larger than %d bytes (text counts in UTF-8), which is the limit of mrq.tasks.http.max-response-size"
            .formatted(limit));
  }
}
