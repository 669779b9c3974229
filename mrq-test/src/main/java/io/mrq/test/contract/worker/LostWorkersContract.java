package io.mrq.test.contract.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.WorkerId;
import io.mrq.test.contract.Race;
import io.mrq.worker.WorkerStore.Beat;
import io.mrq.worker.WorkerStore.BeatReply;
import io.mrq.worker.WorkerStore.Presence;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a {@code WorkerStore} declares workers lost. */
public abstract class LostWorkersContract extends WorkerContract {
  @Test
  void aWorkerThatShowsTheSameBeatIsMarkedLost() {
    WorkerId worker = registered(NOW);
    WorkerId neighbour = registered(NOW);
    ports.workers().beat(worker);

    assertThat(ports.workers().markLost(worker, 1)).isTrue();

    assertThat(ports.workers().beat(worker)).isEqualTo(new BeatReply.Lost());
    assertThat(ports.workers().beats()).containsExactly(new Beat(neighbour, 0));
    assertThat(presence(worker)).isEqualTo(Presence.LOST);
    assertThat(presence(neighbour)).isEqualTo(Presence.BEATING);
    assertThat(ports.workers().markLost(worker, 1)).as("marked already").isFalse();
  }

  @Test
  void aWorkerThatHasBeatenSinceLives() {
    WorkerId worker = registered(NOW);
    ports.workers().beat(worker);

    assertThat(ports.workers().markLost(worker, 0)).isFalse();
    assertThat(ports.workers().markLost(worker, 2)).isFalse();
    assertThat(ports.workers().markLost(WorkerId.next(), 0)).isFalse();

    assertThat(ports.workers().beat(worker)).isEqualTo(new BeatReply.Alive(false));
  }

  @Test
  void aWorkerWithoutDocumentIsMarkedLostOnceAndStaysLost() {
    WorkerId worker = WorkerId.next();

    assertThat(ports.workers().markAbsentLost(worker, NOW)).isTrue();
    assertThat(ports.workers().markAbsentLost(worker, NOW)).isFalse();
    ports.workers().register(worker, document("back", NOW));

    assertThat(ports.workers().beat(worker)).isEqualTo(new BeatReply.Lost());
    assertThat(presence(worker)).isEqualTo(Presence.LOST);
    assertThat(ports.workers().beats()).isEmpty();
  }

  @Test
  void aWorkerThatCameBackIsNotMarkedAbsent() {
    WorkerId worker = registered(NOW);

    assertThat(ports.workers().markAbsentLost(worker, NOW)).isFalse();

    assertThat(ports.workers().beat(worker)).isEqualTo(new BeatReply.Alive(false));
  }

  @Test
  void aBeatAndALossNeverBothWin() {
    WorkerId worker = registered(NOW);

    List<Boolean> won =
        Race.of(
            8,
            runner ->
                runner == 0
                    ? ports.workers().beat(worker) instanceof BeatReply.Alive
                    : ports.workers().markLost(worker, 0));

    assertThat(won).containsOnlyOnce(true);
  }

  // WRK-11
  @Test
  void aStoppedWorkerLeavesItsJobsToBeRescued() {
    WorkerId worker = registered(NOW);

    ports.workers().report(worker, Map.of("status", "stop"));

    assertThat(presence(worker)).isEqualTo(Presence.LOST);
  }

  @Test
  void aPythonWorkerIsNotJudged() {
    WorkerId worker = WorkerId.next();
    store.reportPythonWorker(worker, NOW);

    assertThat(presence(worker)).isEqualTo(Presence.FOREIGN);
    assertThat(ports.workers().beats()).isEmpty();
    assertThat(ports.workers().markLost(worker, 0)).isFalse();
    assertThat(ports.workers().markAbsentLost(worker, NOW)).isFalse();
    assertThat(presence(worker)).isEqualTo(Presence.FOREIGN);
  }

  @Test
  void aPythonWorkerThatReportsAfterItWasMarkedLostIsAlive() {
    WorkerId worker = WorkerId.next();
    assertThat(ports.workers().markAbsentLost(worker, NOW)).isTrue();
    assertThat(presence(worker)).isEqualTo(Presence.LOST);

    store.reportPythonWorker(worker, LATER);

    assertThat(presence(worker)).isEqualTo(Presence.FOREIGN);
    assertThat(ports.workers().markAbsentLost(worker, LATER)).isFalse();
    assertThat(ports.workers().summaries(1)).singleElement().matches(summary -> !summary.gone());
  }

  @Test
  void aPythonWorkerWhoseClockIsSlowIsAliveAllTheSame() {
    WorkerId worker = WorkerId.next();
    ports.workers().markAbsentLost(worker, LATER);

    store.reportPythonWorker(worker, NOW);

    assertThat(presence(worker)).isEqualTo(Presence.FOREIGN);
  }

  @Test
  void aLostWorkerShowsNoRunningJobs() {
    WorkerId worker = registered(NOW);
    ports.workers().report(worker, Map.of("jobs", List.of(Map.of("path", "x")), "usage_avg", 1.0));

    ports.workers().markLost(worker, 0);

    assertThat(onlyDocument()).containsEntry("jobs", List.of()).containsEntry("usage_avg", 0.0);
  }
}
