package io.mrq.test.contract;

import io.mrq.job.JobId;
import io.mrq.job.WorkerId;
import io.mrq.port.StorePorts;
import java.time.Instant;

/** A store that the contract suites test: its ports, and what other programs do to its data. */
public interface StoreUnderTest {
  /** All ports over the same data. */
  StorePorts ports();

  /**
   * Stores a queued job with only the fields that Python MRQ writes when it enqueues one: {@code
   * _id path params queue datequeued status}. So it has no order.
   *
   * @return its new id
   */
  JobId insertAsPython(String path, String queue, Instant datequeued);

  /** Starts a job as a Python worker does: a claim of an earlier run stays. */
  void startAsPython(JobId id, WorkerId worker, Instant datestarted);

  /** Requeues a job as Python MRQ does: {@code datequeued} is new, and everything else stays. */
  void requeueAsPython(JobId id, Instant datequeued);

  /** Sets {@code dateexpires} whatever the status, as Python MRQ may. */
  void expireAsPython(JobId id, Instant dateexpires);

  /**
   * Reports a worker as Python MRQ does: sets a status and {@code datereported} but no beat, and
   * inserts the document when there is none.
   */
  void reportPythonWorker(WorkerId worker, Instant datereported);
}
