package io.mrq.embedded.mongo.raw;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The name of a field as it stands in BSON, and a hash of it, so that two names that differ are
 * told apart by a number.
 */
public record RawName(byte[] utf8, int hash) {

  public static RawName of(String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    return of(utf8, 0, utf8.length);
  }

  public static RawName of(byte[] bytes, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = next(hash, bytes[i]);
    }
    return new RawName(Arrays.copyOfRange(bytes, from, to), hash);
  }

  /** The hash of a name that is one byte longer. */
  static int next(int hash, byte letter) {
    return hash * 31 + letter;
  }

  /** One bit of 64 by the hash: names whose bits differ are different. */
  long bit() {
    return 1L << hash;
  }

  public static long bitsOf(Iterable<RawName> names) {
    long bits = 0;
    for (RawName name : names) {
      bits |= name.bit();
    }
    return bits;
  }

  boolean equalTo(RawName other) {
    return hash == other.hash && Arrays.equals(utf8, other.utf8);
  }

  @Override
  public String toString() {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
