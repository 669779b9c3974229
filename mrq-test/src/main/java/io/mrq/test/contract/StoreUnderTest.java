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

  /**
   * Stores a worker document as Python MRQ does: a status and {@code datereported}, but no beat.
   */
  void insertPythonWorker(WorkerId worker, Instant datereported);
}
