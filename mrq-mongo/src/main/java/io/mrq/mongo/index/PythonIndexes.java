package io.mrq.mongo.index;

import io.mrq.mongo.job.JobFields;
import java.util.List;

/**
 * The indexes that Python MRQ makes when one of its workers starts, with exactly its options, so
 * that neither program meets a conflict when it starts second. MRQ itself needs only those that
 * stand among its own, too.
 */
final class PythonIndexes {
  static final List<WantedIndex> OF_JOBS =
      List.of(
          WantedIndex.on(JobFields.STATUS),
          WantedIndex.on(JobFields.PATH),
          WantedIndex.on(JobFields.WORKER).sparse(),
          WantedIndex.on(JobFields.QUEUE),
          WantedIndex.on(JobFields.DATERETRY).sparse(),
          WantedIndex.on(JobFields.DATEQUEUED),
          WantedIndex.on(JobFields.QUEUE, JobFields.STATUS, JobFields.DATEQUEUED, JobFields.ID),
          WantedIndex.on(JobFields.STATUS, JobFields.QUEUE, JobFields.PATH));

  static final List<WantedIndex> OF_WORKERS = List.of(WantedIndex.on("status"));

  static final List<WantedIndex> OF_LOGS =
      List.of(WantedIndex.on("job"), WantedIndex.on("worker").sparse());

  private PythonIndexes() {}
}
