package io.mrq.api.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mrq.api.problem.ProblemException;
import io.mrq.api.problem.ProblemType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class LargeAnswersTest {
  private final LargeAnswers answers = new LargeAnswers(8, Duration.ZERO);

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

  private MockHttpServletRequest begun(String path, @Nullable String query) throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
    request.setQueryString(query);
    assertThat(answers.preHandle(request, new MockHttpServletResponse(), this)).isTrue();
    return request;
  }

  private void ended(MockHttpServletRequest request) {
    answers.afterCompletion(request, new MockHttpServletResponse(), this, null);
  }
}
