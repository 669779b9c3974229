package io.mrq.engine.run;

import io.mrq.task.TaskThreads;

/** Makes the thread of a run. */
@FunctionalInterface
public interface JobThreads {
  /** Virtual threads, and platform threads for tasks that ask for one. */
  JobThreads BY_TASK =
      (running, body) -> {
        Thread.Builder threads =
            running.settings().threads() == TaskThreads.PLATFORM
                ? Thread.ofPlatform().daemon()
                : Thread.ofVirtual();
        return threads.name("mrq-job-" + running.job().id()).unstarted(body);
      };

  /** A thread that is not started. */
  Thread make(RunningJob running, Runnable body);
}
