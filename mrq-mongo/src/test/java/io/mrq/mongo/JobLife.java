package io.mrq.mongo;

import static io.mrq.mongo.TestMongo.raw;
import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import io.mrq.job.Claim;
import io.mrq.job.Completion;
import io.mrq.job.Failure;
import io.mrq.job.Job;
import io.mrq.job.JobOutcome;
import io.mrq.job.NewJob;
import io.mrq.job.Retention;
import io.mrq.job.WorkerId;
import io.mrq.test.MutableClock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.bson.Document;

/** Brings jobs to the moments whose documents the tests look at. */
public final class JobLife {
  public static final Instant NOW = MutableClock.START.plusSeconds(10);
  public static final Instant END = NOW.plusMillis(1500);
  public static final Failure BOOM =
      new Failure("IllegalStateException", "java.lang.IllegalStateException: boom", null);

  private final MongoDatabase database = TestMongo.newDatabase();
  private final MongoStores stores = MongoStores.of(database);

  public MongoStores stores() {
    return stores;
  }

  /** Its document, as the driver reads it. */
  public Document document(NewJob job) {
    return raw(database, job.id());
  }

  public NewJob stored(NewJob job) {
    stores.jobs().insert(List.of(job));
    return job;
  }

  public Claim claim(NewJob job) {
    Claim claim = Claim.by(WorkerId.next());
    assertThat(stores.jobs().claim(claim, job.queue(), List.of(job.id()), NOW)).isOne();
    return claim;
  }

  /** The document of a job whose first run ended so. */
  public Document ended(JobOutcome outcome) {
    NewJob job = stored(aNewJob().build());
    end(job, outcome);
    return document(job);
  }

  /** Runs a queued job to this end. */
  public void end(NewJob job, JobOutcome outcome) {
    Claim claim = claim(job);
    Job running = stores.jobs().claimed(claim, List.of(job.id())).getFirst();
    Completion completion = Completion.of(running, claim, outcome, Retention.DEFAULT, END);
    assertThat(stores.jobs().complete(List.of(stores.jobs().prepare(completion))).matched())
        .isOne();
  }

  public static List<Document> history(Document job) {
    return job.getList("traceback_history", Document.class);
  }

  /** The only worker's document. */
  public Document worker() {
    return Objects.requireNonNull(database.getCollection("mrq_workers").find().first());
  }
}
