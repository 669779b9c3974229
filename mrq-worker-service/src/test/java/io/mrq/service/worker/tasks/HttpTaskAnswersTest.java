package io.mrq.service.worker.tasks;

import static io.mrq.service.worker.tasks.ScriptedService.HANG_UP;
import static io.mrq.service.worker.tasks.ScriptedService.answer;
import static io.mrq.service.worker.tasks.ScriptedService.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each job gets its own answer, whatever a service sent to the jobs before. */
class HttpTaskAnswersTest {
  private static final String OK = answer("200 OK", "ok");

  private ScriptedService service;
  private HttpTaskKit task;

  @BeforeEach
  void start() throws IOException {
    service = new ScriptedService();
    task = HttpTaskKit.open();
  }

  @AfterEach
  void stop() throws IOException {
    task.close();
    service.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EXTRA",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nextra",
        "\r\n",
        "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
      })
  void whatFollowsAnAnswerIsNobodysAnswer(String surplus) throws Exception {
    service.on("/bad", bytes(OK + surplus));

    assertThat(task.run("url", service.url("/bad")).body()).isEqualTo("ok");

    assertNextJobsGetTheirOwnAnswers();
  }

  @Test
  void theBodyOfAnAnswerToHeadIsNobodysAnswer() throws Exception {
    service.on("/head", bytes(answer("200 OK", OK)));

    assertThat(task.run("method", "HEAD", "url", service.url("/head")).body()).isEmpty();

    assertNextJobsGetTheirOwnAnswers();
  }

  @ParameterizedTest
  @ValueSource(strings = {"408 Request Timeout", "200 OK"})
  void whatComesLaterIsNobodysAnswer(String status) throws Exception {
    AtomicReference<Socket> kept = new AtomicReference<>();
    service.on("/late", bytes(OK), kept::set);
    task.run("url", service.url("/late"));
    // While this job waits for its answer, the service sends one more to the job before.
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch sent = new CountDownLatch(1);
    service.on(
        "/slow",
        _ -> {
          asked.countDown();
          assertThat(sent.await(10, TimeUnit.SECONDS)).isTrue();
        },
        bytes(answer("200 OK", "slow")));
    Thread late =
        Thread.ofVirtual()
            .start(() -> {
              try {
                asked.await();
                bytes(answer(status, "late")).on(kept.get());
              } catch (Exception _) {
                // Nobody listens any more: that is right.
              }
              sent.countDown();
            });

    assertThat(task.run("method", "POST", "url", service.url("/slow"), "body", "x").body())
        .isEqualTo("slow");

    late.join();
    assertNextJobsGetTheirOwnAnswers();
  }

  @Test
  void aServiceThatHangsUpAfterEachAnswerIsCalledWithoutARetry() throws Exception {
    service.on("/hangup", bytes(OK), HANG_UP);

    for (int i = 0; i < 20; i++) {
      assertThat(task.run("method", "POST", "url", service.url("/hangup"), "body", "x").body())
          .isEqualTo("ok");
    }

    assertThat(service.targets).as("requests that were sent").hasSize(20);
  }

  @Test
  void theServiceIsToldThatTheConnectionEndsWithItsAnswer() throws Exception {
    try (TestService other = new TestService()) {
      other.on("/", TestService.Answer.of(200, ""));
      task.run("url", other.url("/"));

      assertThat(other.onlyRequest().headers().get("Connection")).containsExactly("close");
    }
  }

  private void assertNextJobsGetTheirOwnAnswers() throws Exception {
    for (int i = 0; i < 3; i++) {
      String target = "/job" + i;
      assertThat(task.run("method", "POST", "url", service.url(target), "body", "x").body())
          .isEqualTo(target);
    }
  }
}
