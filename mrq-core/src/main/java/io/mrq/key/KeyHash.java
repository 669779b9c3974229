package io.mrq.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The stored form of an {@link IdempotencyKey}: its scope and a hash, so that keys of any text fit
 * and do not leak.
 */
public final class KeyHash {
  private KeyHash() {}

  public static String of(IdempotencyKey key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.key().getBytes(StandardCharsets.UTF_8));
      return key.scope() + ":" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
