package io.mrq.api.dashboard;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Marks the page's own scripts in its Content-Security-Policy. It is new for each answer, so that
 * injected markup cannot know it.
 *
 * @param text 128 random bits
 */
record Nonce(String text) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 16;

  static Nonce fresh() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new Nonce(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /**
   * Allows scripts and styles from this service only, and no inline scripts except those with the
   * nonce. The page cannot be framed, and it cannot send forms or connect to other sites.
   */
  String policy() {
    return "default-src 'none'; script-src 'self' 'nonce-%s'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
        .formatted(text);
  }
}
