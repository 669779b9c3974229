package io.mrq.api.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Answer;
import io.mrq.api.Api;
import io.mrq.api.ApiTest;
import io.mrq.api.Stores;
import io.mrq.audit.AuditEntry;
import io.mrq.audit.AuditEntry.Outcome;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code GET /api/v1/audit}, and what is kept of each act. */
@ApiTest
class AuditTest {
  private final Api api;
  private final Stores stores;

  AuditTest(Api api, Stores stores) {
    this.api = api;
    this.stores = stores;
  }

  @Test
  void anActIsKeptWithWhoWhatAndOutcome() {
    String id = stores.jobIn(JobStatus.QUEUED);

    api.post("/api/v1/jobs/" + id + "/cancel").is(200);

    JsonNode entry = api.get("/api/v1/audit?limit=1").is(200).json().at("/items/0");
    assertThat(entry.propertyNames())
        .containsExactly("id", "date", "who", "action", "target", "outcome");
    assertThat(entry.at("/who").asString()).isEqualTo("anonymous");
    assertThat(entry.at("/action").asString()).isEqualTo("job.cancel");
    assertThat(entry.at("/target").asString()).isEqualTo(id);
    assertThat(entry.at("/outcome").asString()).isEqualTo("done");
  }

  @Test
  void aRefusedActIsKeptWithTheReason() {
    String ended = stores.jobIn(JobStatus.SUCCESS);
    String unknown = JobId.next().hex();

    api.post("/api/v1/jobs/" + ended + "/cancel").is(409);
    AuditEntry illegal = stores.lastAct();
    api.post("/api/v1/jobs/" + unknown + "/requeue?queue=mails&force=true").is(404);
    AuditEntry absent = stores.lastAct();

    assertThat(illegal.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(illegal.detail()).contains("it has finished");
    assertThat(absent.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(absent.detail())
        .startsWith("to the queue mails, although it is running; There is no job");
  }

  @Test
  void whatIsNotUnderstoodIsNoActAndNeitherIsAnEnqueue() {
    String id = stores.jobIn(JobStatus.FAILED);
    api.post("/api/v1/jobs/" + id + "/requeue").is(200);
    AuditEntry last = stores.lastAct();

    api.post("/api/v1/jobs/" + id + "/requeue?queue=no%20queue").is(400);
    api.post("/api/v1/jobs/" + id + "/cancel?now=true").is(400);
    api.enqueue("{\"path\":\"a.B\"}").is(201);

    assertThat(stores.lastAct()).isEqualTo(last);
  }

  @Test
  void withoutTheLogNothingIsDone() {
    String id = stores.jobIn(JobStatus.QUEUED);

    stores.away(
        () -> api.post("/api/v1/jobs/" + id + "/cancel").isProblem(503, "store-unavailable"));

    assertThat(stores.job(id).status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void anOutcomeThatCannotBeStoredLeavesTheEntryBegunAndTheAnswerAsItIs() {
    String id = stores.jobIn(JobStatus.QUEUED);

    stores.losingConclusions(() -> api.post("/api/v1/jobs/" + id + "/cancel").is(200));

    assertThat(stores.job(id).status()).isEqualTo(JobStatus.CANCEL);
    assertThat(stores.lastAct().outcome()).isEqualTo(Outcome.BEGUN);
    assertThat(stores.lastAct().target()).isEqualTo(id);
  }

  @Test
  void entriesComeInPagesNewestFirst() {
    for (int i = 0; i < 5; i++) {
      api.post("/api/v1/jobs/" + stores.jobIn(JobStatus.QUEUED) + "/cancel").is(200);
    }
    List<String> whole = ids(api.get("/api/v1/audit?limit=5").is(200));

    Answer first = api.get("/api/v1/audit?limit=3").is(200);
    Answer second = api.get("/api/v1/audit?limit=2&after=" + first.text("/next")).is(200);

    List<String> walked = new ArrayList<>(ids(first));
    walked.addAll(ids(second));
    assertThat(walked).isEqualTo(whole);
    assertThat(whole).isSortedAccordingTo((a, b) -> b.compareTo(a));
  }

  @Test
  void aBadCursorOrLimitIsRefused() {
    api.get("/api/v1/audit?after=x").isProblem(400, "invalid-parameter").naming("after");
    api.get("/api/v1/audit?limit=0").isProblem(400, "invalid-parameter").naming("limit");
    api.get("/api/v1/audit?who=me").isProblem(400, "invalid-parameter").naming("who");
  }

  private static List<String> ids(Answer answer) {
    List<String> ids = new ArrayList<>();
    answer.json().at("/items").forEach(item -> ids.add(item.at("/id").asString()));
    return ids;
  }
}
