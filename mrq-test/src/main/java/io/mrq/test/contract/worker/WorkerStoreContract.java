package io.mrq.test.contract.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.WorkerId;
import io.mrq.queue.QueueSelection;
import io.mrq.worker.WorkerStore.Beat;
import io.mrq.worker.WorkerStore.BeatReply;
import io.mrq.worker.WorkerStore.Presence;
import io.mrq.worker.WorkerSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a {@code WorkerStore} does with heartbeats, reports and documents of workers. */
public abstract class WorkerStoreContract extends WorkerContract {
  @Test
  void aWorkerIsToldInOneLine() {
    WorkerId worker = WorkerId.next();
    ports
        .workers()
        .register(
            worker,
            Map.of(
                "name",
                "host.1",
                "config",
                Map.of("queues", List.of("mails", "busy/"), "greenlets", 4),
                "usage_avg",
                0.75,
                "status",
                "started",
                "datereported",
                NOW,
                "jobs",
                List.of(Map.of("stack", "large"))));
    WorkerId python = WorkerId.next();
    store.reportPythonWorker(python, LATER);

    Map<WorkerId, WorkerSummary> byId =
        ports.workers().summaries(10).stream()
            .collect(Collectors.toMap(WorkerSummary::id, Function.identity()));

    assertThat(byId.get(worker))
        .isEqualTo(
            new WorkerSummary(
                worker,
                "host.1",
                List.of(new QueueSelection.Exact("mails"), new QueueSelection.Prefix("busy/")),
                4,
                3,
                NOW,
                true,
                false,
                false,
                ""));
    assertThat(byId.get(python))
        .isEqualTo(new WorkerSummary(python, "", List.of(), 0, 0, LATER, false, false, false, ""));
    WorkerSummary ours = Objects.requireNonNull(byId.get(worker));
    assertThat(ours.serves("mails")).isTrue();
    assertThat(ours.serves("busy/a")).isFalse();
    assertThat(ours.serves("mails/slow")).isFalse();
    assertThat(ports.workers().drain(worker)).isTrue();
    assertThat(ports.workers().summaries(10))
        .filteredOn(WorkerSummary::leaving)
        .extracting(WorkerSummary::id)
        .containsExactly(worker);
    assertThat(ports.workers().markLost(worker, 0)).isTrue();
    assertThat(ports.workers().summaries(10))
        .filteredOn(WorkerSummary::gone)
        .extracting(WorkerSummary::id)
        .containsExactly(worker);
  }

  // MIX-01
  @Test
  void aNewWorkerStartsAtBeatZeroAndGrowsByOneABeat() {
    WorkerId worker = registered(NOW);
    assertThat(ports.workers().beats()).containsExactly(new Beat(worker, 0));

    assertThat(ports.workers().beat(worker)).isEqualTo(new BeatReply.Alive(false));
    assertThat(ports.workers().beat(worker)).isEqualTo(new BeatReply.Alive(false));

    assertThat(ports.workers().beats()).containsExactly(new Beat(worker, 2));
    assertThat(presence(worker)).isEqualTo(Presence.BEATING);
  }

  @Test
  void aBeatWithoutDocumentSaysSo() {
    WorkerId worker = WorkerId.next();

    assertThat(ports.workers().beat(worker)).isEqualTo(new BeatReply.Absent());

    assertThat(ports.workers().beats()).isEmpty();
    assertThat(ports.workers().presence(List.of(worker))).isEmpty();
  }

  @Test
  void registeringAgainLeavesTheDocumentAsItIs() {
    WorkerId worker = registered(NOW);
    ports.workers().beat(worker);

    ports.workers().register(worker, document("again", LATER));

    assertThat(ports.workers().beats()).containsExactly(new Beat(worker, 1));
    assertThat(onlyDocument()).containsEntry("name", "host.1");
  }

  @Test
  void aBeatTellsOfADrain() {
    WorkerId worker = registered(NOW);

    assertThat(ports.workers().drain(worker)).isTrue();
    assertThat(ports.workers().drain(WorkerId.next())).isFalse();

    assertThat(ports.workers().beat(worker)).isEqualTo(new BeatReply.Alive(true));
  }

  @Test
  void aDrainIsTakenBack() {
    WorkerId worker = registered(NOW);
    ports.workers().drain(worker);

    assertThat(ports.workers().undrain(worker)).isTrue();

    assertThat(ports.workers().beat(worker)).isEqualTo(new BeatReply.Alive(false));
    assertThat(onlyDocument()).doesNotContainKey("drain");
    assertThat(ports.workers().undrain(WorkerId.next())).isFalse();
  }

  @Test
  void onlyAWorkerThatBeatsIsAskedToDrain() {
    WorkerId lost = registered(NOW);
    ports.workers().markLost(lost, 0);
    WorkerId python = WorkerId.next();
    store.reportPythonWorker(python, NOW);

    assertThat(ports.workers().drain(lost)).isFalse();
    assertThat(ports.workers().undrain(lost)).isFalse();
    assertThat(ports.workers().drain(python)).isFalse();
  }

  @Test
  void queuesOfPythonWorkersMayStandForOthers() {
    Map<String, @Nullable Object> document =
        Map.of(
            "id",
            WorkerId.next().hex(),
            "config",
            Map.of("queues", List.of("main/", "low_reverse", "high")));
    WorkerSummary python = WorkerSummary.of(document).orElseThrow();
    Map<String, @Nullable Object> beating = new LinkedHashMap<>(document);
    beating.put("beat", 0L);
    WorkerSummary ours = WorkerSummary.of(beating).orElseThrow();

    assertThat(python.serves("main/sub")).isTrue();
    assertThat(python.serves("main")).isFalse();
    assertThat(python.serves("low")).isTrue();
    assertThat(python.serves("high")).isTrue();
    assertThat(ours.serves("high")).isTrue();
    assertThat(ours.serves("main/sub")).isFalse();
    assertThat(ours.serves("low")).isFalse();
  }

  @Test
  void aReportChangesOnlyItsFields() {
    WorkerId worker = registered(NOW);
    ports.workers().beat(worker);

    ports.workers().report(worker, Map.of("done_jobs", 12, "status", "full"));
    ports.workers().report(WorkerId.next(), Map.of("status", "full"));

    assertThat(onlyDocument())
        .containsEntry("id", worker.hex())
        .containsEntry("name", "host.1")
        .containsEntry("status", "full")
        .containsEntry("done_jobs", 12)
        .containsEntry("datestarted", NOW)
        .containsEntry("config", Map.of("queues", List.of("a", "b"), "slots", 4));
    assertThat(ports.workers().beats()).containsExactly(new Beat(worker, 1));
  }

  // RTE-06
  @Test
  void documentsComeNewestStartFirst() {
    WorkerId second = registered(NOW.plusSeconds(1));
    WorkerId third = registered(NOW.plusSeconds(2));
    WorkerId first = registered(NOW);

    assertThat(ids(10)).containsExactly(third.hex(), second.hex(), first.hex());
    assertThat(ids(2)).containsExactly(third.hex(), second.hex());
  }

  // TTL-07
  @Test
  void documentsThatAreNotReportedAreDeletedInBoundedPieces() {
    for (int i = 0; i < 3; i++) {
      ports.workers().report(registered(NOW), Map.of("datereported", NOW));
    }
    WorkerId reporting = registered(NOW);
    ports.workers().report(reporting, Map.of("datereported", LATER));

    assertThat(ports.workers().deleteUnreported(LATER, 2)).isEqualTo(2);
    assertThat(ports.workers().deleteUnreported(LATER, 2)).isEqualTo(1);
    assertThat(ports.workers().deleteUnreported(LATER, 2)).isZero();

    assertThat(ids(10)).containsExactly(reporting.hex());
  }

  private List<@Nullable Object> ids(int limit) {
    return ports.workers().documents(limit).stream()
        .<@Nullable Object>map(document -> document.get("id"))
        .toList();
  }
}
