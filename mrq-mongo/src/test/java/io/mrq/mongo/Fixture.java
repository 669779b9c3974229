package io.mrq.mongo;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;

import com.mongodb.client.MongoDatabase;
import io.mrq.job.Claim;
import io.mrq.job.Completion;
import io.mrq.job.Failure;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.job.Retention;
import io.mrq.job.Run;
import io.mrq.job.WorkerId;
import io.mrq.stats.QueueCount;
import io.mrq.test.MutableClock;
import io.mrq.test.builder.JobBuilder;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.ObjectId;

/** Something for every verb to work on; the same documents each time it is stored. */
final class Fixture {
  private static final Instant NOW = MutableClock.START;

  static final List<QueueCount> COUNTS =
      List.of(new QueueCount("default", Map.of(JobStatus.QUEUED, 3L), NOW));

  final Claim claim = Claim.by(WorkerId.next());
  final Claim other = Claim.by(WorkerId.next());
  final WorkerId newWorker = WorkerId.next();
  final NewJob fresh = aNewJob().build();
  final NewJob queued = aNewJob().build();
  final NewJob started = aNewJob().build();
  final NewJob finished = aNewJob().build();
  private final NewJob poison = aNewJob().build();
  private final NewJob interrupted = aNewJob().build();
  private final NewJob due = aNewJob().dateretry(NOW).build();
  private final ObjectId python = new ObjectId();

  void store(MongoStores stores, MongoDatabase database) {
    stores.jobs().insert(List.of(queued, started, finished, poison, interrupted, due));
    stores.jobs().claim(claim, "default", List.of(started.id(), poison.id()), NOW);
    stores.jobs().claim(other, "default", List.of(finished.id(), interrupted.id()), NOW);
    end(stores, finished, new JobOutcome.Succeeded(1));
    end(stores, interrupted, new JobOutcome.Interrupted(Failure.of("JobInterrupt", "stop")));
    storeRaw(database);
    stores.keys().take("old", queued.id(), "body", NOW, NOW.plusSeconds(60));
    stores.pauses().pause("paused", "me", "because", NOW);
    stores.workers().register(claim.worker(), Map.of("name", "w", "datereported", NOW));
    stores.stats().record(COUNTS, NOW);
  }

  private void end(MongoStores stores, NewJob job, JobOutcome outcome) {
    Job running = stores.jobs().claimed(other, List.of(job.id())).getFirst();
    Completion end = Completion.of(running, other, outcome, Retention.DEFAULT, NOW);
    stores.jobs().complete(List.of(stores.jobs().prepare(end)));
  }

  private void storeRaw(MongoDatabase database) {
    database
        .getCollection("mrq_jobs")
        .insertOne(
            new Document("_id", python)
                .append("path", "p")
                .append("params", new Document())
                .append("queue", "python")
                .append("datequeued", Date.from(NOW))
                .append("status", "queued"));
    database
        .getCollection("mrq_jobs")
        .updateOne(
            new Document("_id", new ObjectId(poison.id().hex())),
            new Document("$set", new Document("crashes", 4)));
  }

  /** The job that is running, as its worker knows it. */
  Job running() {
    return JobBuilder.aJob()
        .id(started.id())
        .status(JobStatus.STARTED)
        .datestarted(NOW)
        .worker(claim.worker())
        .claim(claim.token())
        .build();
  }

  /** Its run. */
  Run run() {
    return new Run(started.id(), claim);
  }

  /** The run that was interrupted. */
  Run stoppedRun() {
    return new Run(interrupted.id(), other);
  }

  /** Jobs in several statuses. */
  List<JobId> ids() {
    return List.of(queued.id(), started.id(), finished.id());
  }
}
