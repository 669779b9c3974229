package io.mrq.queue;

/**
 * One entry of the list of queues that a worker is told to serve. It names one queue, or it stands
 * for several, or it asks for another order.
 *
 * <p>Every kind that Python's workers know can be read, since their documents are in the same
 * database. {@link ServedQueues} decides which kinds a worker of this project serves.
 */
public sealed interface QueueSelection {
  /** The selection as it is written in settings and in the documents of workers. */
  String text();

  /** Whether it selects the jobs of this queue. */
  boolean covers(String queue);

  /** Reads a selection. Any text is one: a name without a special ending names a single queue. */
  static QueueSelection parse(String text) {
    if (text.endsWith(Prefix.ENDING)) {
      return new Prefix(text);
    }
    if (text.endsWith(Reverse.ENDING)) {
      return new Reverse(text.substring(0, text.length() - Reverse.ENDING.length()));
    }
    return QueueName.isRaw(text) ? new Raw(text) : new Exact(text);
  }

  /** A kind that workers of this project serve: jobs of a single queue. */
  sealed interface Servable extends QueueSelection {
    /** The queue from which the jobs are taken. */
    String queue();
  }

  /** One queue by its name, best jobs first. */
  record Exact(String queue) implements Servable {
    @Override
    public String text() {
      return queue;
    }

    @Override
    public boolean covers(String other) {
      return queue.equals(other);
    }
  }

  /**
   * All queues whose names begin with this text.
   *
   * @param text ends in a slash, such as {@code mails/}, which does not cover {@code mails} itself
   */
  record Prefix(String text) implements QueueSelection {
    private static final String ENDING = "/";

    @Override
    public boolean covers(String queue) {
      return queue.startsWith(text);
    }
  }

  /**
   * One queue, last jobs first.
   *
   * @param queue without the ending {@code _reverse}
   */
  record Reverse(String queue) implements QueueSelection {
    private static final String ENDING = "_reverse";

    @Override
    public String text() {
      return queue + ENDING;
    }

    @Override
    public boolean covers(String other) {
      return queue.equals(other);
    }
  }

  /**
   * One raw queue, whose entries are params instead of jobs.
   *
   * @param queue with the suffix that makes it raw, such as {@code mails_raw}
   */
  record Raw(String queue) implements QueueSelection {
    @Override
    public String text() {
      return queue;
    }

    @Override
    public boolean covers(String other) {
      return queue.equals(other);
    }
  }
}
