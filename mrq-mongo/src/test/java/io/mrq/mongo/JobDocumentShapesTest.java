package io.mrq.mongo;

import static io.mrq.mongo.TestMongo.raw;
import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import io.mrq.job.Claim;
import io.mrq.job.Completion;
import io.mrq.job.Failure;
import io.mrq.job.Job;
import io.mrq.job.JobOrder;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.JobTransition;
import io.mrq.job.NewJob;
import io.mrq.job.ReadyJob;
import io.mrq.job.Retention;
import io.mrq.job.WorkerId;
import io.mrq.test.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The exact documents at each moment of a job's life, as the driver reads them (behaviours §5.2).
 */
class JobDocumentShapesTest {
  private static final Instant NOW = MutableClock.START.plusSeconds(10);
  private static final Instant END = NOW.plusMillis(1500);
  private static final Failure BOOM =
      new Failure("IllegalStateException", "java.lang.IllegalStateException: boom", null);

  private final MongoDatabase database = TestMongo.newDatabase();
  private final MongoStores stores = MongoStores.of(database);

  @Test
  @DisplayName("a fresh job has Python's six fields in Python's order, and our order")
  void freshJob() {
    NewJob job = stored(aNewJob().param("a", 1).build());

    Document document = raw(database, job.id());

    assertThat(document.keySet())
        .containsExactly("_id", "path", "params", "queue", "datequeued", "status", "order");
    assertThat(document)
        .containsEntry("_id", new ObjectId(job.id().hex()))
        .containsEntry("path", "tests.Sample")
        .containsEntry("params", new Document("a", 1))
        .containsEntry("queue", "default")
        .containsEntry("datequeued", Date.from(MutableClock.START))
        .containsEntry("status", "queued")
        .containsEntry("order", (double) MutableClock.START.toEpochMilli());
  }

  @Test
  @DisplayName("a delayed job is a retry with dateretry; durations are seconds as doubles")
  void delayedJob() {
    NewJob job =
        stored(
            aNewJob()
                .priority(-7)
                .dateretry(NOW)
                .timeout(Duration.ofMillis(1500))
                .maxRetries(5)
                .ttl(Duration.ofHours(1))
                .build());

    Document document = raw(database, job.id());

    assertThat(document.keySet())
        .containsExactlyInAnyOrder(
            "_id",
            "path",
            "params",
            "queue",
            "datequeued",
            "status",
            "order",
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

  @Test
  @DisplayName("a claim sets worker, claim, date and attempt, and nothing else (TTL-05)")
  void claimedJob() {
    NewJob job = stored(aNewJob().build());
    Claim claim = claim(job);

    Document document = raw(database, job.id());

    assertThat(document.keySet())
        .containsExactlyInAnyOrder(
            "_id",
            "path",
            "params",
            "queue",
            "datequeued",
            "status",
            "order",
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

  @Test
  @DisplayName("success: Python's fields; worker and claim stay (protocol §5)")
  void success() {
    Document document = ended(new JobOutcome.Succeeded(Map.of("n", 42)));

    assertThat(document.keySet())
        .containsExactlyInAnyOrder(
            "_id",
            "path",
            "params",
            "queue",
            "datequeued",
            "status",
            "order",
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

  @Test
  @DisplayName("a null result is absent (RES-01)")
  void nullResult() {
    assertThat(ended(new JobOutcome.Succeeded(null))).doesNotContainKey("result");
  }

  @Test
  @DisplayName("failure: the trace, and one history entry with exactly Python's keys (TRC-01)")
  void failure() {
    Document document = ended(new JobOutcome.Failed(BOOM));

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
  @DisplayName("the trace of the exception being handled is a field of its own (RTY-10, TRC-02)")
  void originalTraceback() {
    Document document = ended(new JobOutcome.Aborted(new Failure("AbortInterrupt", "a", "inner")));

    assertThat(document).containsEntry("status", "abort");
    assertThat(history(document).getFirst()).containsEntry("original_traceback", "inner");
  }

  @Test
  @DisplayName(
      "a retry: dateretry, queue, retry_count as int32, no dateexpires, no result (RTY-02)")
  void retry() {
    Document document =
        ended(
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

  @Test
  @DisplayName(
      "a retry without delay is queued at once with a new date, and leaves history (RTY-03, BUG-37)")
  void retryNow() {
    Document document =
        ended(new JobOutcome.Retried(Duration.ZERO, null, Failure.of("RetryInterrupt", "r")));

    assertThat(document)
        .containsEntry("status", "queued")
        .containsEntry("datequeued", Date.from(END))
        .containsEntry("order", (double) END.toEpochMilli())
        .containsEntry("retry_count", 1)
        .doesNotContainKeys("dateexpires", "dateretry");
    assertThat(history(document)).hasSize(1);
  }

  @Test
  @DisplayName("an interrupted job waits, so it has no dateexpires")
  void interrupted() {
    assertThat(ended(new JobOutcome.Interrupted(Failure.of("JobInterrupt", "stop"))))
        .containsEntry("status", "interrupt")
        .containsEntry("exceptiontype", "JobInterrupt")
        .doesNotContainKey("dateexpires");
  }

  @Test
  @DisplayName("put back: no failure, no history, no retry used up")
  void putBack() {
    assertThat(ended(new JobOutcome.PutBack(Duration.ofSeconds(5))))
        .containsEntry("status", "retry")
        .containsEntry("retry_count", 0)
        .doesNotContainKeys("traceback_history", "traceback", "exceptiontype", "dateexpires");
  }

  @Test
  @DisplayName("a success after a failure clears the trace and keeps the history (TRC-04)")
  void successAfterFailure() {
    NewJob job = stored(aNewJob().build());
    end(job, new JobOutcome.Retried(Duration.ZERO, null, BOOM));
    end(job, new JobOutcome.Succeeded("fine"));

    Document document = raw(database, job.id());

    assertThat(document)
        .containsEntry("result", "fine")
        .containsEntry("attempt", 2)
        .doesNotContainKeys("traceback", "exceptiontype");
    assertThat(history(document)).hasSize(1);
  }

  @Test
  @DisplayName("the history keeps the last twenty attempts (BUG-38)")
  void historyIsBounded() {
    NewJob job = stored(aNewJob().build());
    for (int i = 0; i < 23; i++) {
      end(job, new JobOutcome.Retried(Duration.ZERO, null, Failure.of("RetryInterrupt", "n" + i)));
    }

    assertThat(history(raw(database, job.id())))
        .hasSize(20)
        .extracting(entry -> entry.get("traceback"))
        .startsWith("n3")
        .endsWith("n22");
  }

  @Test
  @DisplayName("cancel: status, dateupdated, dateexpires (CAN-05)")
  void cancelled() {
    NewJob job = stored(aNewJob().dateretry(END).build());
    stores.moves().cancel(job.id(), JobTransition.CANCEL.from(), NOW, NOW.plusSeconds(60));

    assertThat(raw(database, job.id()))
        .containsEntry("status", "cancel")
        .containsEntry("dateupdated", Date.from(NOW))
        .containsEntry("dateexpires", Date.from(NOW.plusSeconds(60)))
        .doesNotContainKeys("dateretry", "result");
  }

  @Test
  @DisplayName("requeue by hand: fresh at the tail, attempt stays, no expiry (BUG-01, REQ-01)")
  void requeuedByHand() {
    NewJob job = stored(aNewJob().build());
    end(job, new JobOutcome.Failed(BOOM));
    ReadyJob to = new ReadyJob(job.id(), "other", JobOrder.of(END, 0));
    stores.moves().requeue(to, EnumSet.of(JobStatus.FAILED), END);

    assertThat(raw(database, job.id()))
        .containsEntry("status", "queued")
        .containsEntry("queue", "other")
        .containsEntry("datequeued", Date.from(END))
        .containsEntry("order", (double) END.toEpochMilli())
        .containsEntry("retry_count", 0)
        .containsEntry("crashes", 0)
        .containsEntry("attempt", 1)
        .containsKey("claim")
        .doesNotContainKeys("dateexpires", "dateretry");
  }

  @Test
  @DisplayName("a forced requeue takes the claim from the run")
  void forcedRequeue() {
    NewJob job = stored(aNewJob().build());
    claim(job);
    stores.moves().requeue(job.ready(), EnumSet.of(JobStatus.STARTED), END);

    assertThat(raw(database, job.id()))
        .containsEntry("status", "queued")
        .doesNotContainKey("claim");
  }

  @Test
  @DisplayName("a rescue keeps order and retries, counts a crash and tells the history")
  void rescued() {
    NewJob job = stored(aNewJob().build());
    Claim claim = claim(job);
    stores.recovery().rescue(claim.worker(), 5, END);

    Document document = raw(database, job.id());

    assertThat(document)
        .containsEntry("status", "queued")
        .containsEntry("crashes", 1)
        .containsEntry("order", (double) job.order())
        .containsEntry("datequeued", Date.from(MutableClock.START))
        .doesNotContainKeys("claim", "retry_count", "dateexpires");
    assertThat(history(document).getFirst())
        .containsEntry("status", "interrupt")
        .containsEntry("exceptiontype", "WorkerLost")
        .containsEntry("worker", new ObjectId(claim.worker().hex()));
  }

  @Test
  @DisplayName("at the crash limit a job fails, with an expiry and a reason")
  void crashLimit() {
    NewJob job = stored(aNewJob().build());
    for (int i = 0; i < 3; i++) {
      stores.recovery().rescue(claim(job).worker(), 3, END);
    }

    assertThat(raw(database, job.id()))
        .containsEntry("status", "failed")
        .containsEntry("crashes", 3)
        .containsEntry("exceptiontype", "WorkerLost")
        .containsEntry("dateexpires", Date.from(END.plus(Duration.ofDays(180))))
        .doesNotContainKey("claim");
  }

  @Test
  @DisplayName(
      "the document of a worker that had none carries what Python's dashboard needs (MIX-05)")
  void absentWorker() {
    WorkerId worker = WorkerId.next();
    stores.workers().markAbsentLost(worker, NOW);

    Document document = database.getCollection("mrq_workers").find().first();

    assertThat(document)
        .containsEntry("_id", new ObjectId(worker.hex()))
        .containsEntry("status", "stop")
        .containsEntry("lost", true)
        .containsEntry("jobs", List.of())
        .containsEntry("done_jobs", 0)
        .containsEntry("datestarted", Date.from(NOW))
        .containsEntry("datereported", Date.from(NOW))
        .doesNotContainKey("beat")
        .containsKeys("config", "process");
  }

  @Test
  @DisplayName("a beat is an int64 and dates the report")
  void beat() {
    WorkerId worker = WorkerId.next();
    stores.workers().register(worker, Map.of("name", "w", "done_jobs", 3));
    stores.workers().beat(worker);

    assertThat(database.getCollection("mrq_workers").find().first())
        .containsEntry("beat", 1L)
        .containsEntry("done_jobs", 3)
        .hasEntrySatisfying("datereported", date -> assertThat(date).isInstanceOf(Date.class));
  }

  private NewJob stored(NewJob job) {
    stores.jobs().insert(List.of(job));
    return job;
  }

  private Claim claim(NewJob job) {
    Claim claim = Claim.by(WorkerId.next());
    assertThat(stores.jobs().claim(claim, job.queue(), List.of(job.id()), NOW)).isOne();
    return claim;
  }

  private Document ended(JobOutcome outcome) {
    NewJob job = stored(aNewJob().build());
    end(job, outcome);
    return raw(database, job.id());
  }

  private void end(NewJob job, JobOutcome outcome) {
    Claim claim = claim(job);
    Job running = stores.jobs().claimed(claim, List.of(job.id())).getFirst();
    Completion completion = Completion.of(running, claim, outcome, Retention.DEFAULT, END);
    assertThat(stores.jobs().complete(List.of(stores.jobs().prepare(completion))).matched())
        .isOne();
  }

  private static List<Document> history(Document job) {
    return job.getList("traceback_history", Document.class);
  }
}
