package io.mrq.api.bulk;

import io.mrq.api.shared.SharedAnswers;
import io.mrq.bulk.BulkAction;
import io.mrq.bulk.BulkActionId;
import io.mrq.bulk.BulkActions;
import io.mrq.job.JobStatus;
import io.mrq.query.QueryTooSlowException;
import java.util.List;
import java.util.Map;

/** What became of requeued jobs, for the newest actions and once for all who ask. */
final class BulkActionOutcomes {
  /** Of older actions most jobs have gone their ways, and to count them costs the same. */
  private static final int NEWEST = 20;

  private final BulkActions actions;
  private final SharedAnswers<List<BulkActionId>, Map<BulkActionId, Map<JobStatus, Long>>> answers =
      new SharedAnswers<>();

  BulkActionOutcomes(BulkActions actions) {
    this.actions = actions;
  }

  /** By action, how many of its jobs are in each status; what cannot be told now is left out. */
  Map<BulkActionId, Map<JobStatus, Long>> of(List<BulkAction> newestFirst) {
    List<BulkActionId> requeues =
        newestFirst.stream()
            .filter(action -> action.kind() == BulkAction.Kind.REQUEUE)
            .filter(action -> action.progress().moved() > 0)
            .limit(NEWEST)
            .map(BulkAction::id)
            .toList();
    try {
      return answers.get(requeues, () -> actions.outcomes(requeues));
    } catch (QueryTooSlowException _) {
      return Map.of();
    }
  }
}
