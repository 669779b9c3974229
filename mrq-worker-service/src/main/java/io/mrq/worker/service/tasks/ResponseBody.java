package io.mrq.worker.service.tasks;

import io.mrq.worker.service.tasks.HttpTaskException.ResponseTooLarge;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as a text.
 *
 * <p>It is a text when all its bytes are one in the charset that the answer names, UTF-8 when it
 * names none. Whatever it is called, anything else is encoded in Base64, so nothing is lost either
 * way.
 *
 * @param text the body, or its Base64 form
 * @param encoding {@code base64} or null
 */
record ResponseBody(String text, @Nullable String encoding) {
  private static final ResponseBody NONE = new ResponseBody("", null);
  private static final int EXCERPT_CHARACTERS = 500;
  private static final int EXCERPT_BYTES = 4 * EXCERPT_CHARACTERS;

  /**
   * Reads the whole body.
   *
   * @throws ResponseTooLarge as soon as it is longer than {@code limit} bytes; the rest is not read
   */
  static ResponseBody whole(@Nullable HttpEntity entity, int limit) throws IOException {
    if (entity == null) {
      return NONE;
    }
    InputStream content = entity.getContent();
    byte[] bytes = entity.getContentLength() > limit ? null : content.readNBytes(limit + 1);
    if (bytes == null || bytes.length > limit) {
      throw new ResponseTooLarge(
          "the response body is larger than %d bytes, which is the limit of mrq.tasks.http.max-response-size"
              .formatted(limit));
    }
    try {
      CharSequence text = charset(entity).newDecoder().decode(ByteBuffer.wrap(bytes));
      return new ResponseBody(text.toString(), null);
    } catch (CharacterCodingException _) {
      return new ResponseBody(Base64.getEncoder().encodeToString(bytes), "base64");
    }
  }

  /** Reads the first 500 characters, for a message. */
  static ResponseBody excerpt(@Nullable HttpEntity entity) throws IOException {
    if (entity == null) {
      return NONE;
    }
    byte[] bytes = entity.getContent().readNBytes(EXCERPT_BYTES + 1);
    String text = new String(bytes, charset(entity));
    return text.length() <= EXCERPT_CHARACTERS && bytes.length <= EXCERPT_BYTES
        ? new ResponseBody(text, null)
        : new ResponseBody(
            text.substring(0, Math.min(text.length(), EXCERPT_CHARACTERS)) + "…", null);
  }

  private static Charset charset(HttpEntity entity) {
    ContentType type = ContentType.parseLenient(entity.getContentType());
    Charset charset = type == null ? null : type.getCharset();
    return charset == null ? StandardCharsets.UTF_8 : charset;
  }
}
