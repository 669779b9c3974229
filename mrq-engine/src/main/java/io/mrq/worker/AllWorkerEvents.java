package io.mrq.worker;

import io.mrq.job.Job;
import io.mrq.job.JobStatus;
import java.time.Duration;
import java.util.List;

/** Tells each listener, in their order. */
record AllWorkerEvents(List<WorkerEvents> listeners) implements WorkerEvents {
  AllWorkerEvents {
    listeners = List.copyOf(listeners);
  }

  @Override
  public void started(Job job, Duration waited) {
    listeners.forEach(listener -> listener.started(job, waited));
  }

  @Override
  public void finished(Job job, JobStatus outcome, Duration ran) {
    listeners.forEach(listener -> listener.finished(job, outcome, ran));
  }

  @Override
  public void retried(Job job, RetryReason reason) {
    listeners.forEach(listener -> listener.retried(job, reason));
  }

  @Override
  public void refused(Job job) {
    listeners.forEach(listener -> listener.refused(job));
  }

  @Override
  public void claimed(String queue, int jobs, Duration took) {
    listeners.forEach(listener -> listener.claimed(queue, jobs, took));
  }

  @Override
  public void committed(int jobs, Duration took) {
    listeners.forEach(listener -> listener.committed(jobs, took));
  }

  @Override
  public void logLinesDropped(int lines) {
    listeners.forEach(l -> l.logLinesDropped(lines));
  }

  @Override
  public void beat(boolean answered) {
    listeners.forEach(listener -> listener.beat(answered));
  }

  @Override
  public void leaseLost() {
    listeners.forEach(WorkerEvents::leaseLost);
  }
}
