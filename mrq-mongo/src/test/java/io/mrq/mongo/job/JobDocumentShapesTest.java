package io.mrq.mongo.job;

import static io.mrq.mongo.JobLife.BOOM;
import static io.mrq.mongo.JobLife.END;
import static io.mrq.mongo.JobLife.NOW;
import static io.mrq.mongo.JobLife.history;
import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.Claim;
import io.mrq.job.Failure;
import io.mrq.job.Fingerprint;
import io.mrq.job.JobOrder;
import io.mrq.job.JobOutcome;
import io.mrq.job.NewJob;
import io.mrq.mongo.JobLife;
import io.mrq.test.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The exact documents from the enqueue to each end of a run. */
class JobDocumentShapesTest {
  private final JobLife life = new JobLife();

  // ENQ-04, TTL-06, MIX-08, MIX-18
  @Test
  @DisplayName("a fresh job has Python's six fields in Python's order, and our order")
  void freshJob() {
    NewJob job = life.stored(aNewJob().param("a", 1).build());

    Document document = life.document(job);

    assertThat(document.keySet())
        .containsExactly("_id", "path", "params", "queue", "datequeued", "status", "order", "lane");
    assertThat(document)
        .containsEntry("_id", new ObjectId(job.id().hex()))
        .containsEntry("path", "tests.Sample")
        .containsEntry("params", new Document("a", 1))
        .containsEntry("queue", "default")
        .containsEntry("datequeued", Date.from(MutableClock.START))
        .containsEntry("status", "queued")
        .containsEntry("order", (double) MutableClock.START.toEpochMilli())
        .containsEntry("lane", "");
  }

  @Test
  @DisplayName("a delayed job is a retry with dateretry; durations are seconds as doubles")
  void delayedJob() {
    NewJob job =
        life.stored(
            aNewJob()
                .priority(-7)
                .dateretry(NOW)
                .timeout(Duration.ofMillis(1500))
                .maxRetries(5)
                .ttl(Duration.ofHours(1))
                .build());

    Document document = life.document(job);

    assertThat(document.keySet())
        .containsExactlyInAnyOrder(
            "_id",
            "path",
            "params",
            "queue",
            "datequeued",
            "status",
            "order",
            "lane",
            "priority",
            "dateretry",
            "timeout",
            "max_retries",
            "ttl");
    assertThat(document)
        .containsEntry("status", "retry")
        .containsEntry("dateretry", Date.from(NOW))
        .containsEntry("order", (double) JobOrder.of(NOW, -7))
        .containsEntry("priority", -7)
        .containsEntry("timeout", 1.5)
        .containsEntry("max_retries", 5)
        .containsEntry("ttl", 3600.0);
  }

  // TTL-05, MIX-02
  @Test
  @DisplayName("a claim sets worker, claim, date and attempt, and nothing else")
  void claimedJob() {
    NewJob job = life.stored(aNewJob().build());
    Claim claim = life.claim(job);

    Document document = life.document(job);

    assertThat(document.keySet())
        .containsExactlyInAnyOrder(
            "_id",
            "path",
            "params",
            "queue",
            "datequeued",
            "status",
            "order",
            "lane",
            "worker",
            "claim",
            "datestarted",
            "attempt");
    assertThat(document)
        .containsEntry("status", "started")
        .containsEntry("worker", new ObjectId(claim.worker().hex()))
        .containsEntry("claim", new ObjectId(claim.token().hex()))
        .containsEntry("datestarted", Date.from(NOW))
        .containsEntry("attempt", 1);
  }

  // JOB-06, JOB-10
  @Test
  @DisplayName("success: Python's fields; worker and claim stay")
  void success() {
    Document document = life.ended(new JobOutcome.Succeeded(Map.of("n", 42)));

    assertThat(document.keySet())
        .containsExactlyInAnyOrder(
            "_id",
            "path",
            "params",
            "queue",
            "datequeued",
            "status",
            "order",
            "lane",
            "worker",
            "claim",
            "datestarted",
            "attempt",
            "dateupdated",
            "totaltime",
            "dateexpires",
            "result");
    assertThat(document)
        .containsEntry("status", "success")
        .containsEntry("dateupdated", Date.from(END))
        .containsEntry("totaltime", 1.5)
        .containsEntry("dateexpires", Date.from(END.plus(Duration.ofDays(7))))
        .containsEntry("result", new Document("n", 42));
  }

  // RES-01
  @Test
  @DisplayName("a null result is absent")
  void nullResult() {
    assertThat(life.ended(new JobOutcome.Succeeded(null))).doesNotContainKey("result");
  }

  // TRC-01
  @Test
  @DisplayName("failure: the trace, and one history entry with exactly Python's keys")
  void failure() {
    Document document = life.ended(new JobOutcome.Failed(BOOM));

    assertThat(document)
        .containsEntry("status", "failed")
        .containsEntry("exceptiontype", "IllegalStateException")
        .containsEntry("traceback", BOOM.traceback())
        .containsEntry("dateexpires", Date.from(END.plus(Duration.ofDays(180))))
        .doesNotContainKeys("result", "original_traceback", "dateretry", "retry_count");
    assertThat(history(document))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.keySet())
              .containsExactlyInAnyOrder("date", "status", "exceptiontype", "traceback", "worker");
          assertThat(entry)
              .containsEntry("date", Date.from(END))
              .containsEntry("status", "failed")
              .containsEntry("worker", document.get("worker"));
        });
  }

  @Test
  @DisplayName("a failure has the fingerprint of its exception, beside the exception type")
  void fingerprint() {
    Failure thrown = Failure.of(new IllegalStateException("boom"));
    NewJob job = life.stored(aNewJob().build());
    life.end(job, new JobOutcome.Failed(thrown));

    assertThat(life.document(job))
        .containsEntry("exceptiontype", "IllegalStateException")
        .containsEntry("fingerprint", Fingerprint.of("tests.Sample", thrown));
    assertThat(life.ended(new JobOutcome.TimedOut(Failure.of("TimeoutInterrupt", "late"))))
        .containsEntry("fingerprint", "TimeoutInterrupt");
  }

  // RTY-10, TRC-02
  @Test
  @DisplayName("the trace of the exception being handled is a field of its own")
  void originalTraceback() {
    Document document =
        life.ended(new JobOutcome.Aborted(new Failure("AbortInterrupt", "a", "inner")));

    assertThat(document).containsEntry("status", "abort");
    assertThat(history(document).getFirst()).containsEntry("original_traceback", "inner");
  }

  // RTY-02, RTY-04, RTY-05
  @Test
  @DisplayName("a retry: dateretry, queue, retry_count as int32, no dateexpires, no result")
  void retry() {
    Document document =
        life.ended(
            new JobOutcome.Retried(
                Duration.ofSeconds(3), "other", Failure.of("RetryInterrupt", "r")));

    Instant due = END.plusSeconds(3);
    assertThat(document)
        .containsEntry("status", "retry")
        .containsEntry("queue", "other")
        .containsEntry("dateretry", Date.from(due))
        .containsEntry("order", (double) due.toEpochMilli())
        .containsEntry("datequeued", Date.from(MutableClock.START))
        .containsEntry("retry_count", 1)
        .doesNotContainKeys("dateexpires", "result");
    assertThat(history(document)).hasSize(1);
  }

  // RTY-03, BUG-37
  @Test
  @DisplayName("a retry without delay is queued at once with a new date, and leaves history")
  void retryNow() {
    Document document =
        life.ended(new JobOutcome.Retried(Duration.ZERO, null, Failure.of("RetryInterrupt", "r")));

    assertThat(document)
        .containsEntry("status", "queued")
        .containsEntry("datequeued", Date.from(END))
        .containsEntry("order", (double) END.toEpochMilli())
        .containsEntry("retry_count", 1)
        .doesNotContainKeys("dateexpires", "dateretry");
    assertThat(history(document)).hasSize(1);
  }

  // INT-05
  @Test
  @DisplayName("an interrupted job waits, so it has no dateexpires")
  void interrupted() {
    assertThat(life.ended(new JobOutcome.Interrupted(Failure.of("JobInterrupt", "stop"))))
        .containsEntry("status", "interrupt")
        .containsEntry("exceptiontype", "JobInterrupt")
        .containsKeys("traceback", "traceback_history")
        .doesNotContainKey("dateexpires");
  }

  @Test
  @DisplayName("put back: no failure, no history, no retry used up")
  void putBack() {
    assertThat(life.ended(new JobOutcome.PutBack(Duration.ofSeconds(5))))
        .containsEntry("status", "retry")
        .containsEntry("retry_count", 0)
        .doesNotContainKeys("traceback_history", "traceback", "exceptiontype", "dateexpires");
  }

  // TRC-04
  @Test
  @DisplayName("a success after a failure clears the trace and keeps the history")
  void successAfterFailure() {
    NewJob job = life.stored(aNewJob().build());
    life.end(job, new JobOutcome.Retried(Duration.ZERO, null, BOOM));
    life.end(job, new JobOutcome.Succeeded("fine"));

    Document document = life.document(job);

    assertThat(document)
        .containsEntry("result", "fine")
        .containsEntry("attempt", 2)
        .doesNotContainKeys("traceback", "exceptiontype", "fingerprint");
    assertThat(history(document)).hasSize(1);
  }

  // RTY-11, BUG-38
  @Test
  @DisplayName("the history keeps the last twenty attempts")
  void historyIsBounded() {
    NewJob job = life.stored(aNewJob().build());
    for (int i = 0; i < 23; i++) {
      life.end(
          job, new JobOutcome.Retried(Duration.ZERO, null, Failure.of("RetryInterrupt", "n" + i)));
    }

    assertThat(history(life.document(job)))
        .hasSize(20)
        .extracting(entry -> entry.get("traceback"))
        .startsWith("n3")
        .endsWith("n22");
  }
}
