package io.mrq.test.contract;

import io.mrq.job.JobId;
import io.mrq.job.WorkerId;
import io.mrq.test.StorePorts;
import java.time.Instant;

/** A store that the contract suites try: all its ports, and what other programs do to its data. */
public interface StoreUnderTest {
  /** All ports over the same data. */
  StorePorts ports();

  /**
   * Stores a queued job with the fields that Python MRQ writes at an enqueue, and no other: {@code
   * _id path params queue datequeued status}, so without an order.
   *
   * @return its new id
   */
  JobId insertAsPython(String path, String queue, Instant datequeued);

  /** Starts a job as a Python worker does, which leaves the claim of an earlier run. */
  void startAsPython(JobId id, WorkerId worker, Instant datestarted);

  /** Requeues a job as Python MRQ does: a new {@code datequeued}, and everything else stays. */
  void requeueAsPython(JobId id, Instant datequeued);

  /** Sets {@code dateexpires} whatever the status, as Python MRQ may. */
  void expireAsPython(JobId id, Instant dateexpires);

  /**
   * Reports a worker as Python MRQ does: sets a status and {@code datereported}, but no beat, in
   * its document, which is made when there is none.
   */
  void reportPythonWorker(WorkerId worker, Instant datereported);
}
