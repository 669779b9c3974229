package io.mrq.task;

/** The kind of thread that each run of a task gets. */
public enum TaskThreads {
  /** For tasks that mostly wait: for the network, a database, a disk. */
  VIRTUAL,
  /**
   * For tasks that compute: the operating system divides the cores between them and everything
   * else.
   */
  PLATFORM
}
