package io.mrq.mongo.job;

import static io.mrq.mongo.JobLife.BOOM;
import static io.mrq.mongo.JobLife.END;
import static io.mrq.mongo.JobLife.NOW;
import static io.mrq.mongo.JobLife.history;
import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.Claim;
import io.mrq.job.JobOrder;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.JobTransition;
import io.mrq.job.NewJob;
import io.mrq.job.ReadyJob;
import io.mrq.mongo.JobLife;
import io.mrq.test.MutableClock;
import java.time.Duration;
import java.util.Date;
import java.util.EnumSet;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The exact documents after moves by hand and rescues. */
class MovedJobShapesTest {
  private final JobLife life = new JobLife();

  // JOB-10, CAN-02, CAN-05, BUG-12
  @Test
  @DisplayName("cancel: status, dateupdated, dateexpires")
  void cancelled() {
    NewJob job = life.stored(aNewJob().dateretry(END).build());
    life.stores().moves().cancel(job.id(), JobTransition.CANCEL.from(), NOW, NOW.plusSeconds(60));

    assertThat(life.document(job))
        .containsEntry("status", "cancel")
        .containsEntry("dateupdated", Date.from(NOW))
        .containsEntry("dateexpires", Date.from(NOW.plusSeconds(60)))
        .doesNotContainKeys("dateretry", "result");
  }

  // JOB-10, REQ-01, BUG-01
  @Test
  @DisplayName("requeue by hand: fresh at the tail, attempt stays, no expiry")
  void requeuedByHand() {
    NewJob job = life.stored(aNewJob().build());
    life.end(job, new JobOutcome.Failed(BOOM));
    ReadyJob to = new ReadyJob(job.id(), "other", JobOrder.of(END, 0));
    life.stores().moves().requeue(to, EnumSet.of(JobStatus.FAILED), END);

    assertThat(life.document(job))
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
    NewJob job = life.stored(aNewJob().build());
    life.claim(job);
    life.stores().moves().requeue(job.ready(), EnumSet.of(JobStatus.STARTED), END);

    assertThat(life.document(job)).containsEntry("status", "queued").doesNotContainKey("claim");
  }

  @Test
  @DisplayName("a rescue keeps order and retries, counts a crash and tells the history")
  void rescued() {
    NewJob job = life.stored(aNewJob().build());
    Claim claim = life.claim(job);
    life.stores().recovery().rescue(claim.worker(), 5, END);

    Document document = life.document(job);

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

  // TTL-04
  @Test
  @DisplayName("at the crash limit a job fails, with an expiry and a reason")
  void crashLimit() {
    NewJob job = life.stored(aNewJob().build());
    for (int i = 0; i < 3; i++) {
      life.stores().recovery().rescue(life.claim(job).worker(), 3, END);
    }

    assertThat(life.document(job))
        .containsEntry("status", "failed")
        .containsEntry("crashes", 3)
        .containsEntry("exceptiontype", "WorkerLost")
        .containsEntry("fingerprint", "WorkerLost")
        .containsEntry("dateexpires", Date.from(END.plus(Duration.ofDays(180))))
        .doesNotContainKey("claim");
  }
}
