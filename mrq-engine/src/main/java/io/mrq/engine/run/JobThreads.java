package io.mrq.engine.run;

import io.mrq.task.TaskThreads;

/** Makes the threads of runs. */
@FunctionalInterface
public interface JobThreads {
  /**
   * Makes virtual threads, and platform threads for tasks that ask for one. The thread of a body
   * has the class loader of the caller of this method, and takes nothing over from the thread that
   * makes it: that may be one in which another job has just ended.
   */
  static JobThreads byTask() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return (running, body) -> {
      Thread thread = builder(running).inheritInheritableThreadLocals(false).unstarted(body);
      thread.setContextClassLoader(loader);
      return thread;
    };
  }

  /** Makes the thread of a body; it is not started yet. */
  Thread make(RunningJob running, Runnable body);

  /** Makes a thread that a body starts; it inherits from the current thread as any thread does. */
  static Thread child(RunningJob running, Runnable body) {
    return builder(running).unstarted(body);
  }

  private static Thread.Builder builder(RunningJob running) {
    Thread.Builder threads =
        running.settings().threads() == TaskThreads.PLATFORM
            ? Thread.ofPlatform().daemon().priority(Thread.NORM_PRIORITY)
            : Thread.ofVirtual();
    return threads.name("mrq-job-" + running.job().id());
  }
}
