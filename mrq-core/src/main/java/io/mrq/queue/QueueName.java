package io.mrq.queue;

import io.mrq.job.InvalidJobException;
import java.util.regex.Pattern;

/** Rules for the names of queues: 1 to 100 characters of {@code A–Z a–z 0–9 _ . : / -}. */
public final class QueueName {
  /** The queue of a job when neither its request nor its task names one. */
  public static final String DEFAULT = "default";

  private static final int MAX_SHOWN = 120;
  private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9_.:/-]{1,100}");
  private static final Pattern RAW =
      Pattern.compile("[^/]*(_raw|_set|_sorted_set|_timed_set)(/.*)?");

  private QueueName() {}

  /**
   * Returns the name unchanged if jobs may be enqueued there.
   *
   * @throws InvalidJobException if the name is illegal, or is that of a raw queue, which takes no
   *     regular jobs
   */
  public static String checked(String name) {
    if (isRaw(legal(name))) {
      throw rawQueue(name);
    }
    return name;
  }

  /** Returns the name unchanged if it is made of legal characters. */
  static String legal(String name) {
    if (!LEGAL.matcher(name).matches()) {
      throw new InvalidJobException(
          "queue",
          "must be 1 to 100 characters of A-Z a-z 0-9 _ . : / - but is '%s'"
              .formatted(shown(name)));
    }
    return name;
  }

  static boolean isRaw(String name) {
    return RAW.matcher(name).matches();
  }

  static InvalidJobException rawQueue(String name) {
    return new InvalidJobException(
        "queue",
        "'%s' is a raw queue by its suffix (_raw, _set, _sorted_set, _timed_set) and takes no regular jobs"
            .formatted(name));
  }

  /**
   * The part before the first slash: the queue to which a subqueue belongs. A name without a slash
   * is its own root.
   */
  public static String root(String name) {
    int slash = name.indexOf('/');
    return slash < 0 ? name : name.substring(0, slash);
  }

  private static String shown(String name) {
    return name.length() <= MAX_SHOWN ? name : name.substring(0, MAX_SHOWN) + "…";
  }
}
