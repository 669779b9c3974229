package io.mrq.service.worker.tasks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Base64;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as text.
 *
 * <p>A body whose bytes are all valid in the charset that the answer names, by default UTF-8, is
 * kept as text. Any other body is encoded in Base64, whatever its content type is, so nothing is
 * lost.
 *
 * @param text the body, or its Base64 form
 * @param encoding {@code base64} or null
 * @param decoded whether a content coding was decoded
 */
record ResponseBody(String text, @Nullable String encoding, boolean decoded) {
  private static final int EXCERPT_CHARACTERS = 500;
  private static final int EXCERPT_BYTES = 4 * EXCERPT_CHARACTERS;

  /**
   * Reads the whole body; throws as {@link BodyBytes#whole} does, and for a text that is larger in
   * UTF-8.
   */
  static ResponseBody whole(ClassicHttpResponse response, int limit) throws IOException {
    BodyBytes body = BodyBytes.whole(response, limit);
    Charset charset = charset(response);
    try {
      String text = charset.newDecoder().decode(ByteBuffer.wrap(body.bytes())).toString();
      // Results are stored in UTF-8, in which the text may be three times as long.
      if (!charset.equals(UTF_8) && text.getBytes(UTF_8).length > limit) {
        throw BodyBytes.tooLarge(limit);
      }
      return new ResponseBody(text, null, body.decoded());
    } catch (CharacterCodingException _) {
      String text = Base64.getEncoder().encodeToString(body.bytes());
      return new ResponseBody(text, "base64", body.decoded());
    }
  }

  /** Reads the first 500 characters, for a message. */
  static ResponseBody excerpt(ClassicHttpResponse response) throws IOException {
    BodyBytes body = BodyBytes.beginning(response, EXCERPT_BYTES + 1);
    String text = new String(body.bytes(), charset(response));
    boolean whole = text.length() <= EXCERPT_CHARACTERS && body.bytes().length <= EXCERPT_BYTES;
    return new ResponseBody(
        whole ? text : text.substring(0, Math.min(text.length(), EXCERPT_CHARACTERS)) + "…",
        null,
        body.decoded());
  }

  private static Charset charset(ClassicHttpResponse response) {
    HttpEntity entity = response.getEntity();
    ContentType type = entity == null ? null : ContentType.parseLenient(entity.getContentType());
    Charset charset = type == null ? null : type.getCharset();
    return charset == null ? UTF_8 : charset;
  }
}
