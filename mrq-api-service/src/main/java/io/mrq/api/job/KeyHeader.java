package io.mrq.api.job;

import io.mrq.api.request.QueryParams;
import io.mrq.hash.Sha256;
import io.mrq.key.IdempotencyKey;
import jakarta.servlet.http.HttpServletRequest;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The header {@code Idempotency-Key}: a job with a key is enqueued once, however often it is
 * posted.
 */
final class KeyHeader {
  static final String NAME = "Idempotency-Key";

  /** All callers of the API share one scope of keys. */
  static final String SCOPE = "api";

  private static final JsonMapper CANONICAL =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private KeyHeader() {}

  /** The header's value, or null when there is none. */
  static @Nullable String of(HttpServletRequest request) {
    List<String> values = Collections.list(request.getHeaders(NAME));
    if (values.isEmpty()) {
      return null;
    }
    String value = values.getFirst();
    boolean visible = value.chars().allMatch(c -> c > ' ' && c < 127);
    if (values.size() > 1
        || value.isEmpty()
        || value.length() > IdempotencyKey.MAX_LENGTH
        || !visible) {
      throw refused(
          "must be given once, as 1 to %d visible ASCII characters"
              .formatted(IdempotencyKey.MAX_LENGTH));
    }
    return value;
  }

  static RuntimeException refused(String message) {
    return QueryParams.refused(NAME, message);
  }

  /**
   * The key with the hash of the body that it was sent with.
   *
   * @param body as JSON; white space and the order of keys make no difference
   */
  static IdempotencyKey withBody(String key, Map<?, ?> body) {
    MessageDigest hash = Sha256.newDigest();
    CANONICAL.writeValue(new DigestOutputStream(OutputStream.nullOutputStream(), hash), body);
    return new IdempotencyKey(SCOPE, key, HexFormat.of().formatHex(hash.digest()));
  }
}
