package io.mrq.api.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Answer;
import io.mrq.api.Api;
import io.mrq.api.ApiTest;
import io.mrq.api.Stores;
import io.mrq.job.Claim;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.Run;
import io.mrq.job.WorkerId;
import io.mrq.log.JobLogChunk;
import io.mrq.log.JobLogLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /api/v1/jobs/{id}/logs}. */
// SEED-12
@ApiTest
class JobLogTest {
  private static final Instant AT = Instant.parse("2026-11-24T09:30:00.120Z");

  private final Api api;
  private final Stores stores;

  JobLogTest(Api api, Stores stores) {
    this.api = api;
    this.stores = stores;
  }

  private void log(String id, String... messages) {
    List<JobLogLine> lines =
        Stream.of(messages).map(m -> new JobLogLine(AT, "INFO", "a.B", m, 1)).toList();
    Run run = new Run(new JobId(id), Claim.by(WorkerId.next()));
    stores.logs().append(List.of(JobLogChunk.of(run, lines)));
  }

  private Answer logs(String id, String query) {
    return api.get("/api/v1/jobs/" + id + "/logs" + query).is(200);
  }

  private static List<String> messages(Answer answer) {
    List<String> messages = new ArrayList<>();
    answer.json().at("/items").forEach(line -> messages.add(line.at("/message").asString()));
    return messages;
  }

  @Test
  void aLineTellsWhenWhereAndWhat() {
    String id = stores.jobIn(JobStatus.STARTED);
    log(id, "<b>hello</b>");

    assertThat(logs(id, "").json().at("/items/0").toString())
        .isEqualTo(
            "{\"at\":\"2026-11-24T09:30:00.120Z\",\"level\":\"INFO\",\"logger\":\"a.B\","
                + "\"message\":\"<b>hello</b>\",\"attempt\":1}");
  }

  // RTE-13, BUG-18
  @Test
  void theNextPageHasOnlyNewLines() {
    String id = stores.jobIn(JobStatus.STARTED);
    Answer none = logs(id, "");
    assertThat(messages(none)).isEmpty();
    log(id, "1", "2", "3");

    Answer first = logs(id, "?limit=2&after=" + none.text("/next"));
    Answer second = logs(id, "?after=" + first.text("/next"));
    Answer nothingNew = logs(id, "?after=" + second.text("/next"));
    log(id, "4");

    assertThat(messages(first)).containsExactly("1", "2");
    assertThat(messages(second)).containsExactly("3");
    assertThat(messages(nothingNew)).isEmpty();
    assertThat(messages(logs(id, "?after=" + nothingNew.text("/next")))).containsExactly("4");
  }

  @Test
  void theTailIsTheLastLinesAndThePlaceAfterThem() {
    String id = stores.jobIn(JobStatus.FAILED);
    log(id, "1", "2", "3");

    Answer tail = logs(id, "?tail=2");
    log(id, "4");

    assertThat(messages(tail)).containsExactly("2", "3");
    assertThat(messages(logs(id, "?after=" + tail.text("/next")))).containsExactly("4");
  }

  @Test
  void linesOfAJobWhoseDocumentIsGoneAreStillShown() {
    String id = JobId.next().hex();
    api.get("/api/v1/jobs/" + id + "/logs").is(404);
    log(id, "1");
    assertThat(messages(logs(id, ""))).containsExactly("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "after=x",
        "after=0123456789abcdef01234567",
        "after=0123456789abcdef01234567-x",
        "after=0123456789abcdef01234567--1",
        "limit=0",
        "limit=1001",
        "tail=0",
        "tail=2&after=000000000000000000000000-0",
        "tail=2&limit=2",
        "last_log_id=1"
      })
  void aBadParameterIsRefused(String query) {
    String id = stores.jobIn(JobStatus.STARTED);
    api.get("/api/v1/jobs/" + id + "/logs?" + query).is(400);
  }

  @Test
  void aBadIdIsRefused() {
    api.get("/api/v1/jobs/7/logs").is(400);
  }
}
