package io.mrq.deployment.behaviours;

import java.util.Comparator;
import java.util.Locale;

/**
 * A test, or a whole class of tests, that cites an id.
 *
 * @param file from the repository's root
 * @param type its simple name
 * @param method empty for the whole class
 */
record CitingTest(String file, String type, String method) implements Comparable<CitingTest> {
  private static final Comparator<CitingTest> ORDER =
      Comparator.comparing(CitingTest::file).thenComparing(CitingTest::method);

  /** The method's name as a sentence: {@code a return is a success}. */
  String words() {
    return method.replaceAll("(?<=.)([A-Z])", " $1").replace('_', ' ').toLowerCase(Locale.ROOT);
  }

  @Override
  public int compareTo(CitingTest other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return method.isEmpty() ? type : type + "." + method;
  }
}
