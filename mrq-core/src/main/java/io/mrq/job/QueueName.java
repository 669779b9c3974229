package io.mrq.job;

import java.util.regex.Pattern;

/**
 * The rule for names of queues: 1–100 characters of {@code A–Z a–z 0–9 _ . : / -} (protocol §1).
 */
public final class QueueName {
  /** Where jobs go when nobody says otherwise (ENQ-03). */
  public static final String DEFAULT = "default";

  private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9_.:/-]{1,100}");
  private static final Pattern RAW =
      Pattern.compile("[^/]*(_raw|_set|_sorted_set|_timed_set)(/.*)?");

  private QueueName() {}

  /**
   * Returns the name when jobs may be enqueued there.
   *
   * @throws InvalidJobException for an illegal name, and for a raw queue, which takes no regular
   *     jobs (ENQ-05, QUE-01)
   */
  public static String checked(String name) {
    if (!LEGAL.matcher(name).matches()) {
      throw new InvalidJobException(
          "queue",
          "must be 1 to 100 characters of A-Z a-z 0-9 _ . : / - but is '%s'"
              .formatted(shown(name)));
    }
    if (RAW.matcher(name).matches()) {
      throw new InvalidJobException(
          "queue",
          "'%s' is a raw queue by its suffix (_raw, _set, _sorted_set, _timed_set) and takes no regular jobs"
              .formatted(name));
    }
    return name;
  }

  /** The part before the first slash, which names the queue that a subqueue belongs to (QUE-11). */
  public static String root(String name) {
    int slash = name.indexOf('/');
    return slash < 0 ? name : name.substring(0, slash);
  }

  private static String shown(String name) {
    return name.length() <= 120 ? name : name.substring(0, 120) + "…";
  }
}
