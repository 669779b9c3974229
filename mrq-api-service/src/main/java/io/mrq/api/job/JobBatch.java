package io.mrq.api.job;

import io.mrq.client.InvalidBatchException;
import io.mrq.client.JobClient;
import io.mrq.client.JobRequest;
import io.mrq.job.InvalidJobException;
import io.mrq.job.JobId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Enqueues an array of jobs: all of them, or none, with an error that names the first bad one. */
final class JobBatch {
  static final int MAX = 1000;

  private JobBatch() {}

  static List<JobId> enqueue(List<?> elements, JobClient client, ParamsCheck params) {
    List<JobRequest> requests = requests(elements, client);
    params.all(requests);
    return client.enqueueAll(requests);
  }

  /** Checks the jobs as {@link #enqueue} does, and stores nothing; returns how many they are. */
  static int check(List<?> elements, JobClient client, ParamsCheck params) {
    List<JobRequest> requests = requests(elements, client);
    client.check(requests);
    params.all(requests);
    return requests.size();
  }

  private static List<JobRequest> requests(List<?> elements, JobClient client) {
    List<JobRequest> requests = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      try {
        requests.add(request(elements.get(i)));
      } catch (InvalidJobException e) {
        // An earlier element may be invalid in a way that only the client checks: report that one.
        client.check(requests);
        throw new InvalidBatchException(i, e);
      }
    }
    return requests;
  }

  /** Reads the job that a value of JSON asks for. */
  static JobRequest request(@Nullable Object element) {
    if (element instanceof Map<?, ?> fields) {
      return JobBody.read(fields);
    }
    throw new InvalidJobException("path", "is required: a job is an object with at least a path");
  }
}
