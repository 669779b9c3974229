package io.mrq.engine.event;

import io.mrq.event.Listeners;
import io.mrq.job.Job;
import io.mrq.job.JobStatus;
import java.time.Duration;
import java.util.Collection;

/** Tells each listener, in their order; one that throws is logged and harms nobody. */
final class AllWorkerEvents implements WorkerEvents {
  private final Listeners<WorkerEvents> listeners;

  AllWorkerEvents(Collection<? extends WorkerEvents> listeners) {
    this.listeners = new Listeners<>(listeners);
  }

  @Override
  public void started(Job job, Duration waited) {
    listeners.tell(listener -> listener.started(job, waited));
  }

  @Override
  public void finished(Job job, JobStatus outcome, Duration ran) {
    listeners.tell(listener -> listener.finished(job, outcome, ran));
  }

  @Override
  public void retried(Job job, RetryReason reason) {
    listeners.tell(listener -> listener.retried(job, reason));
  }

  @Override
  public void refused(Job job) {
    listeners.tell(listener -> listener.refused(job));
  }

  @Override
  public void claimed(String queue, int jobs, Duration took) {
    listeners.tell(listener -> listener.claimed(queue, jobs, took));
  }

  @Override
  public void committed(int jobs, Duration took) {
    listeners.tell(listener -> listener.committed(jobs, took));
  }

  @Override
  public void logLinesDropped(int lines) {
    listeners.tell(listener -> listener.logLinesDropped(lines));
  }

  @Override
  public void beat(boolean answered) {
    listeners.tell(listener -> listener.beat(answered));
  }

  @Override
  public void leaseLost() {
    listeners.tell(WorkerEvents::leaseLost);
  }
}
