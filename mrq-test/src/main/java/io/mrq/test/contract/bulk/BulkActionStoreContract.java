package io.mrq.test.contract.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.bulk.BulkAction;
import io.mrq.bulk.BulkAction.Kind;
import io.mrq.bulk.BulkAction.Status;
import io.mrq.bulk.BulkActionId;
import io.mrq.bulk.BulkActionStore.Held;
import io.mrq.bulk.BulkFilter;
import io.mrq.bulk.BulkProgress;
import io.mrq.job.ClaimToken;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import io.mrq.query.JobFilter;
import io.mrq.test.contract.Race;
import io.mrq.test.contract.StoreContract;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a {@code BulkActionStore} does: nobody but its runner writes an action. */
public abstract class BulkActionStoreContract extends StoreContract {
  private static final BulkFilter MAILS = BulkFilter.of(JobFilter.ALL.queue("mails"));

  @Test
  void anActionIsReadAsItWasWritten() {
    BulkFilter filter =
        new BulkFilter(
            JobFilter.ALL
                .statuses(Set.of(JobStatus.FAILED, JobStatus.TIMEOUT))
                .queue("q")
                .path("p")
                .worker(WorkerId.next())
                .exceptiontype("E")
                .fingerprint("f")
                .parent(JobId.next())
                .since(NOW)
                .until(LATER),
            List.of(JobId.next(), JobId.next()));
    BulkAction whole = action(Kind.REQUEUE, filter, "target");
    BulkAction bare = created();

    ports.actions().create(whole);
    ports.actions().create(whole);

    assertThat(ports.actions().find(whole.id())).contains(whole);
    assertThat(ports.actions().find(BulkActionId.next())).isEmpty();
    assertThat(ports.actions().list(10)).containsExactly(bare, whole);
    assertThat(ports.actions().list(1)).containsExactly(bare);
    assertThat(ports.actions().open(10)).extracting(Held::action).containsExactly(whole, bare);
    assertThat(ports.actions().open(10)).extracting(Held::runner).containsOnlyNulls();
  }

  @Test
  void anActionIsTakenByOneOfMany() {
    created();
    Held seen = onlyOpen();

    List<Boolean> taken =
        Race.of(8, _ -> ports.actions().take(seen, ClaimToken.next(), NOW).isPresent());

    assertThat(taken).containsOnlyOnce(true);
    assertThat(onlyOpen().action().status()).isEqualTo(Status.RUNNING);
    assertThat(onlyOpen().action().started()).isEqualTo(NOW);
    assertThat(onlyOpen().beat()).isGreaterThan(seen.beat());
  }

  @Test
  void theProgressIsStoredAndRead() {
    Held mine = taken(created());
    BulkProgress chosen = BulkProgress.of(10, 1).choosing(List.of(JobId.next(), JobId.next()));

    Held after = ports.actions().advance(mine, chosen).orElseThrow();
    assertThat(after.action().progress()).isEqualTo(chosen);
    assertThat(onlyOpen()).isEqualTo(after);

    BulkProgress past = chosen.past(1);
    assertThat(ports.actions().advance(after, past)).isPresent();
    assertThat(onlyOpen().action().progress()).isEqualTo(past);
    assertThat(past).isEqualTo(new BulkProgress(10, 1, 2, chosen.batch().getLast(), List.of()));
  }

  @Test
  void whoWasReplacedWritesNothing() {
    Held old = taken(created());
    Held heir = ports.actions().take(onlyOpen(), ClaimToken.next(), LATER).orElseThrow();

    assertThat(ports.actions().advance(old, old.action().progress())).isEmpty();
    assertThat(ports.actions().finish(old, old.action().progress(), Status.DONE, null, LATER))
        .isFalse();
    assertThat(ports.actions().take(old, ClaimToken.next(), LATER)).isEmpty();

    assertThat(onlyOpen()).isEqualTo(heir);
    assertThat(heir.action().started()).as("when the first began").isEqualTo(NOW);
  }

  @Test
  void aRunnerThatHasWrittenSinceIsNotReplaced() {
    Held mine = taken(created());
    Held seen = onlyOpen();
    ports.actions().advance(mine, mine.action().progress());

    assertThat(ports.actions().take(seen, ClaimToken.next(), LATER)).isEmpty();
  }

  @Test
  void anEndedActionIsNoLongerOpen() {
    BulkAction done = created();
    Held mine = taken(done);
    BulkProgress progress = new BulkProgress(3, 2, 1, JobId.next(), List.of());

    assertThat(ports.actions().finish(mine, progress, Status.FAILED, "why", LATER)).isTrue();

    assertThat(ports.actions().open(10)).isEmpty();
    BulkAction stored = ports.actions().find(done.id()).orElseThrow();
    assertThat(stored.status()).isEqualTo(Status.FAILED);
    assertThat(stored.ended()).isEqualTo(LATER);
    assertThat(stored.error()).isEqualTo("why");
    assertThat(stored.progress()).isEqualTo(progress);
    assertThat(ports.actions().finish(mine, progress, Status.DONE, null, LATER)).isFalse();
    assertThatThrownBy(() -> ports.actions().finish(mine, progress, Status.RUNNING, null, LATER))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aWaitingActionStopsAtOnce() {
    BulkAction waiting = created();
    Held seen = onlyOpen();

    Optional<BulkAction> stopped = ports.actions().stop(waiting.id(), LATER);

    assertThat(stopped.orElseThrow().status()).isEqualTo(Status.STOPPED);
    assertThat(stopped.orElseThrow().ended()).isEqualTo(LATER);
    assertThat(ports.actions().open(10)).isEmpty();
    assertThat(ports.actions().take(seen, ClaimToken.next(), LATER)).isEmpty();
  }

  @Test
  void theRunnerOfAnActionLearnsThatItIsToStop() {
    Held mine = taken(created());

    assertThat(ports.actions().stop(mine.action().id(), LATER).orElseThrow().status())
        .isEqualTo(Status.RUNNING);

    assertThat(onlyOpen().stopping()).isTrue();
    Held told = ports.actions().advance(mine, mine.action().progress()).orElseThrow();
    assertThat(told.stopping()).isTrue();
    assertThat(ports.actions().finish(told, told.action().progress(), Status.STOPPED, null, LATER))
        .isTrue();
  }

  @Test
  void aStopOfWhatHasEndedChangesNothing() {
    Held mine = taken(created());
    ports.actions().finish(mine, mine.action().progress(), Status.DONE, null, NOW);

    assertThat(ports.actions().stop(mine.action().id(), LATER).orElseThrow().status())
        .isEqualTo(Status.DONE);
    assertThat(ports.actions().stop(BulkActionId.next(), LATER)).isEmpty();
  }

  @Test
  void endedActionsAreDeletedInBoundedPieces() {
    for (int i = 0; i < 3; i++) {
      Held mine = taken(created());
      ports.actions().finish(mine, mine.action().progress(), Status.DONE, null, NOW);
    }
    BulkAction open = created();

    assertThat(ports.actions().deleteEnded(NOW, 10)).isZero();
    assertThat(ports.actions().deleteEnded(LATER, 2)).isEqualTo(2);
    assertThat(ports.actions().deleteEnded(LATER, 10)).isEqualTo(1);

    assertThat(ports.actions().list(10)).containsExactly(open);
  }

  private BulkAction created() {
    BulkAction action = action(Kind.CANCEL, MAILS, null);
    ports.actions().create(action);
    return action;
  }

  private static BulkAction action(Kind kind, BulkFilter filter, @Nullable String queue) {
    return new BulkAction(
        BulkActionId.next(),
        kind,
        filter,
        queue,
        Status.WAITING,
        "operator",
        NOW,
        null,
        null,
        BulkProgress.of(10, 1),
        null);
  }

  private Held taken(BulkAction action) {
    Held seen =
        ports.actions().open(10).stream()
            .filter(held -> held.action().equals(action))
            .findFirst()
            .orElseThrow();
    return ports.actions().take(seen, ClaimToken.next(), NOW).orElseThrow();
  }

  private Held onlyOpen() {
    List<Held> open = ports.actions().open(10);
    assertThat(open).hasSize(1);
    return open.getFirst();
  }
}
