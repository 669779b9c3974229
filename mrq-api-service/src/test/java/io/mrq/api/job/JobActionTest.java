package io.mrq.api.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Answer;
import io.mrq.api.Api;
import io.mrq.api.ApiTest;
import io.mrq.api.Stores;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cancel and requeue: every status, every answer. */
@ApiTest
class JobActionTest {
  private final Api api;
  private final Stores stores;

  JobActionTest(Api api, Stores stores) {
    this.api = api;
    this.stores = stores;
  }

  @ParameterizedTest
  @EnumSource(names = {"QUEUED", "RETRY", "INTERRUPT"})
  void aWaitingJobIsCancelled(JobStatus status) {
    String id = stores.jobIn(status);

    Answer answer = cancel(id, "").is(200);

    assertThat(answer.body()).isEqualTo("{\"id\":\"%s\",\"status\":\"cancel\"}".formatted(id));
    assertThat(stores.job(id).status()).isEqualTo(JobStatus.CANCEL);
    assertThat(stores.job(id).dateexpires()).isNotNull();
  }

  // CAN-01
  @Test
  void aRunningJobIsCancelledOnlyWhenThatIsSaid() {
    String id = stores.jobIn(JobStatus.STARTED);

    Answer refused = cancel(id, "").isProblem(409, "illegal-move");
    refused.saying("'started'", "?running=true");
    assertThat(refused.text("/job_status")).isEqualTo("started");
    cancel(id, "?running=false").isProblem(409, "illegal-move");
    assertThat(stores.job(id).status()).isEqualTo(JobStatus.STARTED);

    cancel(id, "?running=true").is(200);
    assertThat(stores.job(id).status()).isEqualTo(JobStatus.CANCEL);
  }

  @ParameterizedTest
  @EnumSource(names = {"SUCCESS", "FAILED", "TIMEOUT", "ABORT", "MAXRETRIES", "CANCEL"})
  void aJobThatHasEndedIsNotCancelled(JobStatus status) {
    String id = stores.jobIn(status);

    cancel(id, "?running=true")
        .isProblem(409, "illegal-move")
        .saying("'" + status.text() + "'", "nothing to cancel");

    assertThat(stores.job(id).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "SUCCESS",
        "FAILED",
        "TIMEOUT",
        "ABORT",
        "MAXRETRIES",
        "CANCEL",
        "RETRY",
        "INTERRUPT"
      })
  void aJobThatHasEndedOrWaitsForItsTimeIsRequeued(JobStatus status) {
    String id = stores.jobIn(status);

    Answer answer = requeue(id, "").is(200);

    assertThat(answer.body()).isEqualTo("{\"id\":\"%s\",\"status\":\"queued\"}".formatted(id));
    Job job = stores.job(id);
    assertThat(job.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(job.retryCount()).isZero();
    assertThat(job.dateexpires()).isNull();
  }

  // REQ-01
  @Test
  void aRunningJobIsRequeuedOnlyByForce() {
    String id = stores.jobIn(JobStatus.STARTED);

    requeue(id, "").isProblem(409, "illegal-move").saying("'started'", "?force=true");
    requeue(id, "?force=true").is(200);

    assertThat(stores.job(id).status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void aJobThatRunsWhereNobodyCanInterruptItIsMovedWithAWarning() {
    String pythons = stores.runningAtPython();
    String ours = stores.jobIn(JobStatus.STARTED);

    Answer cancelled = cancel(pythons, "?running=true").is(200);
    assertThat(cancelled.text("/warning")).contains("no heartbeat", "overwrite the cancel");
    assertThat(cancel(ours, "?running=true").is(200).json().has("warning")).isFalse();

    String again = stores.runningAtPython();
    assertThat(requeue(again, "?force=true").is(200).text("/warning"))
        .contains("no heartbeat", "continues beside the new run");
    assertThat(requeue(again, "?force=true").json().has("warning")).isFalse();
  }

  @Test
  void aQueuedJobIsNotRequeued() {
    String id = stores.jobIn(JobStatus.QUEUED);

    requeue(id, "?force=true").isProblem(409, "illegal-move").saying("'queued'", "already");
  }

  @Test
  void aJobIsRequeuedIntoAnotherQueue() {
    String id = stores.jobIn(JobStatus.FAILED);

    requeue(id, "?queue=other/queue").is(200);

    assertThat(stores.job(id).queue()).isEqualTo("other/queue");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?queue=a%20b", "?queue=x_raw", "?queue="})
  void aBadQueueNameIsRefused(String query) {
    String id = stores.jobIn(JobStatus.FAILED);

    requeue(id, query).isProblem(400, "invalid-parameter").naming("queue");

    assertThat(stores.job(id).status()).isEqualTo(JobStatus.FAILED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancel", "requeue"})
  void anUnknownJobAMalformedIdAndAnUnknownParameterAreRefused(String action) {
    api.post("/api/v1/jobs/" + JobId.next() + "/" + action).isProblem(404, "job-not-found");
    api.post("/api/v1/jobs/xyz/" + action).isProblem(400, "invalid-parameter").naming("id");
    api.post("/api/v1/jobs/" + JobId.next() + "/" + action + "?nonsense=1")
        .isProblem(400, "invalid-parameter")
        .naming("nonsense", "is unknown");
  }

  @Test
  void aSwitchIsTrueOrFalse() {
    cancel(JobId.next().hex(), "?running=yes")
        .isProblem(400, "invalid-parameter")
        .naming("running", "true or false");
    requeue(JobId.next().hex(), "?force=1")
        .isProblem(400, "invalid-parameter")
        .naming("force", "true or false");
  }

  @Test
  void aBodyWouldBeOverlookedAndIsRefused() {
    String id = stores.jobIn(JobStatus.STARTED);

    api.post("/api/v1/jobs/" + id + "/cancel", "{\"running\":true}")
        .isProblem(400, "bad-request")
        .saying("no body", "?running=true");
    api.send(
            "POST",
            "/api/v1/jobs/" + id + "/requeue",
            BodyPublishers.ofString("force=true"),
            "Content-Type",
            "application/x-www-form-urlencoded")
        .isProblem(400, "bad-request")
        .saying("no body", "?force=true");

    assertThat(stores.job(id).status()).isEqualTo(JobStatus.STARTED);
  }

  private Answer cancel(String id, String query) {
    return api.post("/api/v1/jobs/" + id + "/cancel" + query);
  }

  private Answer requeue(String id, String query) {
    return api.post("/api/v1/jobs/" + id + "/requeue" + query);
  }
}
