package io.mrq.worker;

import io.mrq.job.Job;
import io.mrq.job.JobStatus;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Counts finished runs for the worker's document, whatever their outcome. */
record CountingEvents(WorkerEvents listener, LongAdder done) implements WorkerEvents {
  @Override
  public void started(Job job, Duration waited) {
    listener.started(job, waited);
  }

  @Override
  public void finished(Job job, JobStatus outcome, Duration ran) {
    done.increment();
    listener.finished(job, outcome, ran);
  }

  @Override
  public void retried(Job job, RetryReason reason) {
    listener.retried(job, reason);
  }

  @Override
  public void refused(Job job) {
    listener.refused(job);
  }

  @Override
  public void claimed(String queue, int jobs, Duration took) {
    listener.claimed(queue, jobs, took);
  }

  @Override
  public void committed(int jobs, Duration took) {
    listener.committed(jobs, took);
  }

  @Override
  public void logLinesDropped(int lines) {
    listener.logLinesDropped(lines);
  }

  @Override
  public void beat(boolean answered) {
    listener.beat(answered);
  }

  @Override
  public void leaseLost() {
    listener.leaseLost();
  }
}
