package io.mrq.api.dashboard;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * What marks the page's own scripts: new for each answer, so that markup which found its way into
 * the page cannot know it (BUG-21).
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
   * Scripts and styles from this service only, none inline but those marked; no frames around it,
   * no forms elsewhere, no connection to anywhere else.
   */
  String policy() {
    return "default-src 'none'; script-src 'self' 'nonce-%s'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
        .formatted(text);
  }
}
