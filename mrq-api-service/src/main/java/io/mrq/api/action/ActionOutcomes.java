package io.mrq.api.action;

import io.mrq.api.shared.SharedAnswers;
import io.mrq.client.BulkActions;
import io.mrq.job.ActionId;
import io.mrq.job.JobStatus;
import io.mrq.store.BulkAction;
import io.mrq.store.QueryTooSlowException;
import java.util.List;
import java.util.Map;

/** What became of requeued jobs, for the newest actions and once for all who ask. */
final class ActionOutcomes {
  /** Of older actions most jobs have gone their ways, and to count them costs the same. */
  private static final int NEWEST = 20;

  private final BulkActions actions;
  private final SharedAnswers<List<ActionId>, Map<ActionId, Map<JobStatus, Long>>> answers =
      new SharedAnswers<>();

  ActionOutcomes(BulkActions actions) {
    this.actions = actions;
  }

  /** By action, how many of its jobs are in each status; what cannot be told now is left out. */
  Map<ActionId, Map<JobStatus, Long>> of(List<BulkAction> newestFirst) {
    List<ActionId> requeues =
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
