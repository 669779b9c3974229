package io.mrq.job;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * For the types of MRQ's ids: makes ids in the layout of a MongoDB ObjectId, which is 4 bytes of
 * seconds, 5 random bytes of the process and 3 bytes of a counter. Python MRQ reads the time of
 * creation from the first four bytes, so the layout must be the standard one.
 */
public final class ObjectIds {
  private static final int LENGTH = 24;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] PROCESS = RANDOM.generateSeed(5);
  private static final AtomicInteger COUNTER = new AtomicInteger(RANDOM.nextInt(1 << 24));
  private static final InstantSource CLOCK = InstantSource.system();

  private ObjectIds() {}

  public static String next() {
    int seconds = (int) (CLOCK.millis() / 1000);
    int count = COUNTER.getAndIncrement();
    byte[] id = {
      (byte) (seconds >>> 24),
      (byte) (seconds >>> 16),
      (byte) (seconds >>> 8),
      (byte) seconds,
      PROCESS[0],
      PROCESS[1],
      PROCESS[2],
      PROCESS[3],
      PROCESS[4],
      (byte) (count >>> 16),
      (byte) (count >>> 8),
      (byte) count
    };
    return HexFormat.of().formatHex(id);
  }

  /** Whether one process made both ids. */
  static boolean ofOneProcess(String one, String other) {
    return one.regionMatches(8, other, 8, 10);
  }

  /** Returns {@code hex} when it is 24 lower-case hex digits. */
  public static String checked(String hex, String what) {
    if (!isHex(hex)) {
      throw new IllegalArgumentException(
          "%s must be 24 lower-case hex digits, but is '%s'".formatted(what, hex));
    }
    return hex;
  }

  private static boolean isHex(String text) {
    if (text.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }
}
