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
  private static final long PROCESS = RANDOM.nextLong(1L << 40);
  private static final AtomicInteger COUNTER = new AtomicInteger(RANDOM.nextInt(1 << 24));
  private static final InstantSource CLOCK = InstantSource.system();
  private static final HexFormat HEX = HexFormat.of();

  private ObjectIds() {}

  public static String next() {
    int count = nextCount();
    return hex(head(), tail(count));
  }

  /** The count of a new id, which no other id of this process has before it wraps around. */
  static int nextCount() {
    return COUNTER.getAndIncrement();
  }

  /** The first eight bytes of an id that is made now: the seconds, and most of the process. */
  static long head() {
    return ((CLOCK.millis() / 1000) << 32) | (PROCESS >>> 8);
  }

  /** The last four bytes of an id: the rest of the process, and the count. */
  static int tail(int count) {
    return ((int) PROCESS << 24) | (count & 0xff_ffff);
  }

  static String hex(long head, int tail) {
    return HEX.toHexDigits(head) + HEX.toHexDigits(tail);
  }

  /** The number that these of the hex digits are. */
  static long number(String hex, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      number = (number << 4) | Character.digit(hex.charAt(i), 16);
    }
    return number;
  }

  /** Returns {@code hex} when it is 24 lower-case hex digits. */
  public static String checked(String hex, String what) {
    if (!isId(hex)) {
      throw new IllegalArgumentException(
          "%s must be 24 lower-case hex digits, but is '%s'".formatted(what, hex));
    }
    return hex;
  }

  /** Whether the text is 24 lower-case hex digits. */
  public static boolean isId(String text) {
    if (text.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      if (!isHexDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  static boolean isHexDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }
}
