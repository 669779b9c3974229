package io.mrq.job;

import io.mrq.hash.Sha256;
import java.util.Optional;

/**
 * What failures of the same fault have in common: a short text that people can read, such as {@code
 * com.example.Mailer.send:3f9a0c12ab}. The part before the colon is the innermost frame of the
 * application; the part behind it is a hash of task, exception type, deepest cause and up to three
 * frames. It is stored together with {@code exceptiontype}.
 *
 * <p>A failure without an exception, such as a timeout or a lost worker, has its exception type as
 * fingerprint; a failure whose exception has no stack has the type and the hash.
 */
public final class Fingerprint {
  private static final char FRAME_END = ':';
  private static final char TYPE_END = '~';
  private static final int MAX_LABEL = 150;
  private static final int HASH_DIGITS = 10;

  private Fingerprint() {}

  /**
   * Returns the fingerprint of a failure.
   *
   * @param path names the task
   */
  public static String of(String path, Failure failure) {
    FailureOrigin origin = failure.origin();
    if (origin == null) {
      return bounded(failure.exceptiontype());
    }
    String hash = hash(path, failure.exceptiontype(), origin);
    return origin.frames().isEmpty()
        ? bounded(failure.exceptiontype()) + TYPE_END + hash
        : bounded(origin.frames().getFirst()) + FRAME_END + hash;
  }

  /**
   * Returns the innermost frame of the application, as {@code class.method}, when the fingerprint
   * has one.
   */
  public static Optional<String> frame(String fingerprint) {
    int end = fingerprint.lastIndexOf(FRAME_END);
    return end < 0 ? Optional.empty() : Optional.of(fingerprint.substring(0, end));
  }

  private static String hash(String path, String exceptiontype, FailureOrigin origin) {
    String all =
        String.join("\n", path, exceptiontype, origin.cause(), String.join("\n", origin.frames()));
    return Sha256.hex(all).substring(0, HASH_DIGITS);
  }

  /** The end of a name says more than its beginning. */
  private static String bounded(String label) {
    return label.length() <= MAX_LABEL
        ? label
        : "…" + label.substring(label.length() - MAX_LABEL + 1);
  }
}
