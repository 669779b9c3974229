package io.mrq.api.overview;

import io.mrq.api.failure.FailureOrder;
import io.mrq.api.failure.FailureReport;
import io.mrq.api.failure.FailureReports;
import io.mrq.api.shared.SharedAnswers;
import io.mrq.query.QueryTooSlowException;
import io.mrq.stats.ActivityInspector;
import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The overview of now, computed once a second at the most, and only when somebody asks. */
@Component
class Overviews {
  private static final int GROUPS = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final JsonMapper JSON = new JsonMapper();

  private final ActivityInspector activity;
  private final FailureReports failures;
  private final InstantSource clock = InstantSource.system();
  private final SharedAnswers<String, Told> answers = new SharedAnswers<>();
  private volatile Instant failuresAgain = Instant.MIN;

  /**
   * An overview.
   *
   * @param text the same as text, in one line
   */
  record Told(Map<String, @Nullable Object> json, String text) {}

  Overviews(ActivityInspector activity, FailureReports failures) {
    this.activity = activity;
    this.failures = failures;
  }

  Told now() {
    return answers.get("overview", this::compute);
  }

  private Told compute() {
    Instant now = clock.instant();
    Situation situation =
        new Situation(
            now,
            activity.backlog(now).orElse(null),
            activity.totals(Overview.firstPeriod(now)),
            activity.workers(),
            activity.pauses(),
            activity.isDispatchAvailable());
    Map<String, @Nullable Object> json = new Overview(situation, failures(now)).json();
    return new Told(json, JSON.writeValueAsString(json));
  }

  /** When the groups take too long, everything else is shown without them for a while. */
  private @Nullable FailureReport failures(Instant now) {
    if (now.isBefore(failuresAgain)) {
      return null;
    }
    try {
      return failures.of(FailureReports.FAILED, FailureOrder.COUNT, GROUPS);
    } catch (QueryTooSlowException | StoreUnavailableException e) {
      failuresAgain = now.plus(PATIENCE);
      return null;
    }
  }
}
