package io.mrq.api.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.mrq.api.problem.ProblemException;
import io.mrq.api.problem.ProblemType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.HandlerMapping;

class LargeAnswerLimitTest {
  private final LargeAnswerLimit answers = new LargeAnswerLimit(8, Duration.ZERO);

  @Test
  void noMoreListsOfWholeJobsAreMadeAtOnceThanFit() throws Exception {
    MockHttpServletRequest first = begun("/api/v1/jobs", "limit=500");
    begun("/api/v1/jobs", null);

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> begun("/api/v1/jobs", null))
        .satisfies(refused -> {
          assertThat(refused.problem().type()).isEqualTo(ProblemType.TOO_BUSY);
          assertThat(refused.problem().status()).isEqualTo(503);
          assertThat(refused.problem().headers()).containsKey("Retry-After");
        });

    ended(first);
    begun("/api/v1/jobs", null);
  }

  @Test
  void singleJobsAndLogsAndSummariesWeighLess() throws Exception {
    begun("/api/v1/jobs", "limit=500&view=summary");
    for (int i = 0; i < 7; i++) {
      begun("/api/v1/jobs/0123456789abcdef01234567" + (i % 2 == 0 ? "" : "/logs"), null);
    }

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> begun("/api/v1/jobs/0123456789abcdef01234567", null));
  }

  @Test
  void anAnswerThatEndsTwiceGivesItsPlaceBackOnce() throws Exception {
    MockHttpServletRequest first = begun("/api/v1/jobs", null);
    begun("/api/v1/jobs", null);

    ended(first);
    ended(first);
    begun("/api/v1/jobs", null);

    assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> begun("/api/v1/jobs", null));
  }

  @Test
  void anEnqueueWaitsForNoReader() throws Exception {
    LargeAnswerLimit patient = new LargeAnswerLimit(1, Duration.ofMinutes(10));
    Thread reader =
        Thread.ofVirtual()
            .start(() ->
                assertThatExceptionOfType(InterruptedException.class)
                    .isThrownBy(() ->
                        patient.preHandle(
                            request("GET", "/api/v1/jobs", null),
                            new MockHttpServletResponse(),
                            this)));
    await().until(() -> reader.getState() == Thread.State.TIMED_WAITING);

    MockHttpServletRequest enqueue = request("POST", "/api/v1/jobs", null);
    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> patient.preHandle(enqueue, new MockHttpServletResponse(), this));

    reader.interrupt();
    reader.join();
  }

  @Test
  void anAnswerWithoutItsBodyWeighsTheSame() throws Exception {
    begun(request("HEAD", "/api/v1/jobs", null));
    begun(request("HEAD", "/api/v1/jobs", null));

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> begun("/api/v1/jobs/0123456789abcdef01234567", null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"view=summary", "limit=5&view=%73ummary", "v%69ew=summary&limit=5"})
  void aSummaryIsOneHoweverItIsWritten(String query) throws Exception {
    for (int i = 0; i < 8; i++) {
      begun("/api/v1/jobs", query);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"queue=view=summary", "view=summaryx", "xview=summary", "view=full&path=%zz"})
  void whatOnlyLooksLikeASummaryIsAWholeList(String query) throws Exception {
    begun("/api/v1/jobs", query);
    begun("/api/v1/jobs", query);

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> begun("/api/v1/jobs", query));
  }

  private MockHttpServletRequest begun(String path, @Nullable String query) throws Exception {
    return begun(request("GET", path, query));
  }

  private MockHttpServletRequest begun(MockHttpServletRequest request) throws Exception {
    assertThat(answers.preHandle(request, new MockHttpServletResponse(), this)).isTrue();
    return request;
  }

  /** A request as it is once its route was found. */
  private static MockHttpServletRequest request(
      String method, String path, @Nullable String query) {
    MockHttpServletRequest request = new MockHttpServletRequest(method, path);
    request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, path);
    request.setQueryString(query);
    return request;
  }

  private void ended(MockHttpServletRequest request) {
    answers.afterCompletion(request, new MockHttpServletResponse(), this, null);
  }
}
