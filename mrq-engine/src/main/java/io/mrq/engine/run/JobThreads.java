package io.mrq.engine.run;

import io.mrq.task.TaskThreads;

/** Makes the threads of runs. */
@FunctionalInterface
public interface JobThreads {
  /** Makes virtual threads, and platform threads for tasks that ask for one. */
  JobThreads BY_TASK =
      (running, body) -> {
        Thread.Builder threads =
            running.settings().threads() == TaskThreads.PLATFORM
                ? Thread.ofPlatform().daemon()
                : Thread.ofVirtual();
        return threads.name("mrq-job-" + running.job().id()).unstarted(body);
      };

  /** Makes a thread that is not started yet. */
  Thread make(RunningJob running, Runnable body);
}
