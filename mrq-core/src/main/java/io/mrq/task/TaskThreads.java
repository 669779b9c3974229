package io.mrq.task;

/** The kind of thread that a task's runs get, one each. */
public enum TaskThreads {
  /** For tasks that mostly wait: for the network, a database, a disk. */
  VIRTUAL,
  /**
   * For tasks that compute: the operating system shares the cores among them and everything else.
   */
  PLATFORM
}
