package io.mrq.test.contract.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.dispatch.DispatchIndex.Missing;
import io.mrq.job.JobId;
import io.mrq.job.JobOrder;
import io.mrq.job.ReadyJob;
import io.mrq.job.WorkerId;
import io.mrq.test.MutableClock;
import io.mrq.test.contract.Race;
import io.mrq.test.contract.UnusualNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a {@code DispatchIndex} does while it is available. */
public abstract class DispatchIndexContract extends WakeUpContract {
  // ready ids

  @Test
  void idsAreTakenBestOrderFirstAndOnce() {
    ReadyJob third = ready(Q, 30);
    ReadyJob first = ready(Q, 10);
    ReadyJob second = ready(Q, 20);
    index.offer(Q, List.of(third, first, second), 0);

    assertThat(index.take(Q, 2)).containsExactly(first.id(), second.id());
    assertThat(index.take(Q, 2)).containsExactly(third.id());
    assertThat(index.take(Q, 2)).isEmpty();
  }

  @Test
  void idsOfSeveralQueuesAreTakenTogetherEachInItsOrder() {
    String other = Q + "2";
    ReadyJob second = ready(Q, 20);
    ReadyJob first = ready(Q, 10);
    ReadyJob third = ready(Q, 30);
    ReadyJob there = ready(other, 5);
    index.offer(Q, List.of(second, third, first), 0);
    index.offer(other, List.of(there), 0);

    Map<String, List<JobId>> taken = index.take(Map.of(Q, 2, other, 7, "never-used", 1));

    assertThat(taken)
        .containsOnlyKeys(Q, other, "never-used")
        .containsEntry(Q, List.of(first.id(), second.id()))
        .containsEntry(other, List.of(there.id()))
        .containsEntry("never-used", List.of());
    assertThat(index.take(Q, 7)).containsExactly(third.id());
    assertThat(index.take(Map.of())).isEmpty();
  }

  @Test
  void theSizesOfSeveralQueuesAreToldTogether() {
    String other = Q + "2";
    index.offer(Q, List.of(ready(Q, 1), ready(Q, 2), ready(Q, 3)), 0);
    index.offer(other, List.of(ready(other, 1)), 0);
    index.take(Q, 1);

    assertThat(index.sizes(List.of(Q, other, "never-used")))
        .containsOnlyKeys(Q, other, "never-used")
        .containsEntry(Q, 2L)
        .containsEntry(other, 1L)
        .containsEntry("never-used", 0L);
    assertThat(index.sizes(List.of())).isEmpty();
  }

  @Test
  void tiesAreTakenById() {
    List<ReadyJob> tied = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      tied.add(ready(Q, 7));
    }
    Collections.shuffle(tied, new Random(1));
    index.offer(Q, tied, 0);

    assertThat(index.take(Q, 20)).isEqualTo(tied.stream().map(ReadyJob::id).sorted().toList());
  }

  @Test
  void ordersThatDifferInTheLastOfSixteenDigitsKeepTheirOrder() {
    List<ReadyJob> jobs = new ArrayList<>();
    for (int priority : new int[] {-1000, -999, -1, 0, 1, 999, 1000}) {
      for (int millis = 0; millis < 5; millis++) {
        jobs.add(ready(Q, JobOrder.of(MutableClock.START.plusMillis(millis), priority)));
      }
    }
    List<JobId> wanted =
        jobs.stream().sorted(Comparator.comparingLong(ReadyJob::order)).map(ReadyJob::id).toList();
    Collections.shuffle(jobs, new Random(1));
    index.offer(Q, jobs, 0);

    long order = JobOrder.of(MutableClock.START.plusMillis(2), -1000);
    assertThat(index.below(Q, order)).isEqualTo(jobs.size() - 2);
    assertThat(index.below(Q, order - 1)).isEqualTo(jobs.size() - 3);
    assertThat(index.take(Q, 100)).isEqualTo(wanted);
  }

  @Test
  void doubledIdsAreOneAndTheLastOrderCounts() {
    ReadyJob job = ready(Q, 10);
    ReadyJob other = ready(Q, 20);
    index.offer(Q, List.of(job, other, job), 0);
    index.offer(Q, List.of(job), 0);
    assertThat(index.missing(Q, List.of()).size()).isEqualTo(2);

    index.offer(Q, List.of(new ReadyJob(job.id(), Q, 30)), 0);

    assertThat(index.take(Q, 10)).containsExactly(other.id(), job.id());
  }

  @Test
  void takingNothingTakesNothing() {
    ReadyJob job = ready(Q, 1);
    index.offer(Q, List.of(job), 0);

    assertThat(index.take(Q, 0)).isEmpty();
    assertThat(index.take("never-used", 5)).isEmpty();

    assertThat(index.take(Q, 5)).containsExactly(job.id());
  }

  @Test
  void whatIsMissingIsToldWithTheSizeOfTheSet() {
    ReadyJob there = ready(Q, 1);
    JobId absent = JobId.next();
    index.offer(Q, List.of(there, ready(Q, 2)), 0);

    assertThat(index.missing(Q, List.of(there.id(), absent)))
        .isEqualTo(new Missing(Set.of(absent), 2));
    assertThat(index.missing(Q, List.of())).isEqualTo(new Missing(Set.of(), 2));
    assertThat(index.missing("never-used", List.of(absent)))
        .isEqualTo(new Missing(Set.of(absent), 0));
  }

  @Test
  void thousandsOfIdsAreOfferedAndLookedForAtOnce() {
    List<ReadyJob> jobs = new ArrayList<>();
    Set<JobId> absent = new HashSet<>();
    for (int i = 0; i < 2500; i++) {
      jobs.add(ready(Q, i));
      absent.add(JobId.next());
    }
    index.offer(Q, jobs, 0);
    List<JobId> all = new ArrayList<>(absent);
    jobs.forEach(job -> all.add(job.id()));
    Collections.shuffle(all, new Random(1));

    assertThat(index.missing(Q, all)).isEqualTo(new Missing(absent, 2500));
    assertThat(index.take(Q, 2500)).isEqualTo(jobs.stream().map(ReadyJob::id).toList());
  }

  @Test
  void belowCountsWhatSortsAtOrBeforeAnOrder() {
    index.offer(Q, List.of(ready(Q, -5), ready(Q, 10), ready(Q, 10), ready(Q, 11)), 0);

    assertThat(index.below(Q, -6)).isZero();
    assertThat(index.below(Q, -5)).isEqualTo(1);
    assertThat(index.below(Q, 10)).isEqualTo(3);
    assertThat(index.below(Q, Long.MAX_VALUE >> 11)).isEqualTo(4);
    assertThat(index.below("never-used", 10)).isZero();
  }

  @Test
  void theFirstIdsBelowAnOrderAreTold() {
    ReadyJob first = ready(Q, -5);
    ReadyJob second = ready(Q, 10);
    index.offer(Q, List.of(first, second, ready(Q, 11)), 0);

    assertThat(index.firstBelow(Q, 11, 10)).containsExactly(first.id(), second.id());
    assertThat(index.firstBelow(Q, 11, 1)).containsExactly(first.id());
    assertThat(index.firstBelow(Q, -5, 10)).isEmpty();
    assertThat(index.firstBelow("never-used", 11, 10)).isEmpty();
    assertThat(index.missing(Q, List.of()).size()).isEqualTo(3);
  }

  @Test
  void droppedIdsAreGoneAndUnknownOnesDoNotMatter() {
    ReadyJob kept = ready(Q, 2);
    ReadyJob dropped = ready(Q, 1);
    index.offer(Q, List.of(kept, dropped), 0);

    index.drop(Q, List.of(dropped.id(), JobId.next()));
    index.drop(Q, List.of());
    index.drop("never-used", List.of(kept.id()));

    assertThat(index.take(Q, 5)).containsExactly(kept.id());
  }

  @Test
  void aFullSetDropsWhatSortsLast() {
    index = emptyIndex(3);
    ReadyJob first = ready(Q, 10);
    ReadyJob urgent = ready(Q, 5);
    ReadyJob second = ready(Q, 20);
    index.offer(Q, List.of(ready(Q, 40), first, second), 0);
    index.offer(Q, List.of(ready(Q, 50)), 0);

    index.offer(Q, List.of(urgent), 0);
    index.offer("other", List.of(ready("other", 99)), 0);

    assertThat(index.take(Q, 10)).containsExactly(urgent.id(), first.id(), second.id());
    assertThat(index.missing("other", List.of()).size()).isEqualTo(1);
  }

  @Test
  void queuesOfAnyNameAreKeptApart() {
    List<ReadyJob> jobs = UnusualNames.QUEUES.stream().map(queue -> ready(queue, 1)).toList();
    WorkerId worker = WorkerId.next();
    index.idle(worker, UnusualNames.QUEUES);

    jobs.forEach(job -> index.offer(job.queue(), List.of(job), 1));

    for (ReadyJob job : jobs) {
      assertThat(index.missing(job.queue(), List.of(job.id())))
          .as(job.queue())
          .isEqualTo(new Missing(Set.of(), 1));
      assertThat(index.take(job.queue(), 9)).as(job.queue()).containsExactly(job.id());
    }
    assertThat(wakesOf(worker)).containsExactlyInAnyOrderElementsOf(UnusualNames.QUEUES);
  }

  @Test
  void eachIdIsTakenByExactlyOneOfManyTakers() {
    List<ReadyJob> jobs = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      jobs.add(ready(Q, i));
    }
    index.offer(Q, jobs, 0);

    List<List<JobId>> taken =
        Race.of(
            8,
            _ -> {
              List<JobId> own = new ArrayList<>();
              List<JobId> next = index.take(Q, 7);
              while (!next.isEmpty()) {
                own.addAll(next);
                next = index.take(Q, 7);
              }
              return own;
            });

    assertThat(taken.stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(jobs.stream().map(ReadyJob::id).toList());
  }
}
