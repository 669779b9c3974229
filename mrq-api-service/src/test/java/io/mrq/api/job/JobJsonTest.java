package io.mrq.api.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Contract;
import io.mrq.job.AttemptRecord;
import io.mrq.job.ClaimToken;
import io.mrq.job.Failure;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.TraceContext;
import io.mrq.job.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Every field of a document at once. */
class JobJsonTest {
  private static final Instant DATE = Instant.parse("2026-11-24T09:30:00.120Z");

  @Test
  void aFullDocumentHasEveryStoredNameInTheDocumentsOrder() {
    Map<String, @Nullable Object> others = new LinkedHashMap<>();
    others.put("time", 0.25);
    others.put("raw_queue", "x_raw");
    others.put("memory_diff", 12);
    others.put("id", "never wins");

    Map<String, @Nullable Object> json = JobJson.of(full(others));

    assertThat(json.keySet())
        .containsExactly(
            "id",
            "path",
            "params",
            "queue",
            "status",
            "priority",
            "order",
            "datequeued",
            "datestarted",
            "dateupdated",
            "dateretry",
            "dateexpires",
            "worker",
            "claim",
            "attempt",
            "retry_count",
            "crashes",
            "result",
            "progress",
            "totaltime",
            "exceptiontype",
            "fingerprint",
            "traceback",
            "traceback_history",
            "timeout",
            "max_retries",
            "ttl",
            "parent",
            "trace",
            "time",
            "raw_queue",
            "memory_diff");
    assertThat(json.get("id")).isEqualTo("0123456789abcdef01234567");
    assertThat(json.get("dateexpires")).isEqualTo("2026-11-24T09:30:00.120Z");
    assertThat(json.get("totaltime")).isEqualTo(1.25);
    Contract.matches("Job", new JsonMapper().valueToTree(json));
  }

  private static Job full(Map<String, @Nullable Object> others) {
    return Job.builder(new JobId("0123456789abcdef01234567"), "a.B", "default")
        .params(Map.of("n", 1))
        .status(JobStatus.FAILED)
        .priority(-3)
        .order(1_764_000_000_000L)
        .datequeued(DATE)
        .datestarted(DATE)
        .dateupdated(DATE)
        .dateretry(DATE)
        .dateexpires(DATE)
        .worker(WorkerId.next())
        .claim(ClaimToken.next())
        .attempt(2)
        .retryCount(1)
        .crashes(1)
        .result(List.of(1))
        .progress(0.5)
        .totaltime(Duration.ofMillis(1250))
        .exceptiontype("IOException")
        .fingerprint("com.example.Mailer.send:3f9a0c12ab")
        .traceback("trace")
        .tracebackHistory(
            List.of(new AttemptRecord(DATE, "retry", Failure.of("Lost", "trace"), null)))
        .timeout(Duration.ZERO)
        .maxRetries(3)
        .ttl(Duration.ofDays(1))
        .parent(JobId.next())
        .trace(
            new TraceContext(
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "vendor=1",
                "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01"))
        .others(others)
        .build();
  }
}
