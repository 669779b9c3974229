package io.mrq.api.bulk;

import io.mrq.api.load.SharedAnswers;
import io.mrq.bulk.BulkAction;
import io.mrq.bulk.BulkActionId;
import io.mrq.bulk.BulkActions;
import io.mrq.job.JobStatus;
import io.mrq.query.QueryTooSlowException;
import java.util.List;
import java.util.Map;

/** Counts what became of requeued jobs, for the newest actions and once for all callers. */
final class BulkActionOutcomes {
  /** Most jobs of older actions have been deleted, and counting them costs the same. */
  private static final int MAX_ACTIONS = 20;

  private final BulkActions actions;
  private final SharedAnswers<List<BulkActionId>, Map<BulkActionId, Map<JobStatus, Long>>> answers =
      new SharedAnswers<>();

  BulkActionOutcomes(BulkActions actions) {
    this.actions = actions;
  }

  /**
   * How many jobs of each action are in each status; actions that cannot be counted are left out.
   */
  Map<BulkActionId, Map<JobStatus, Long>> of(List<BulkAction> newestFirst) {
    List<BulkActionId> requeues =
        newestFirst.stream()
            .filter(action -> action.kind() == BulkAction.Kind.REQUEUE)
            .filter(action -> action.progress().moved() > 0)
            .limit(MAX_ACTIONS)
            .map(BulkAction::id)
            .toList();
    try {
      return answers.get(requeues, () -> actions.outcomes(requeues));
    } catch (QueryTooSlowException _) {
      return Map.of();
    }
  }
}
