package io.mrq.test.memory;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.NewJob;
import io.mrq.job.WorkerId;
import io.mrq.store.StoreUnavailableException;
import io.mrq.test.MutableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InMemoryStoreTest {
  private final MutableClock clock = MutableClock.create();
  private final InMemoryStore store = new InMemoryStore(clock);

  @Test
  void whileItIsAwayEveryPortSaysSoAndChangesNothing() {
    NewJob job = aNewJob().build();
    Instant now = clock.instant();
    store.jobs().insert(List.of(job));
    store.setAvailable(false);

    List<ThrowingCallable> calls =
        List.of(
            () -> store.jobs().insert(List.of(aNewJob().build())),
            () -> store.jobs().withdraw(List.of(job.id())),
            () -> store.recovery().count(),
            () -> store.queries().find(job.id()),
            () -> store.moves().cancel(job.id(), Set.of(job.status()), now, now),
            () -> store.keys().take("k", job.id(), "b", now, now),
            () -> store.workers().beat(WorkerId.next()),
            () -> store.pauses().pause("q", "who", "why", now),
            () -> store.stats().record(List.of(), now));
    assertThat(calls)
        .allSatisfy(call -> assertThatThrownBy(call).isInstanceOf(StoreUnavailableException.class));

    store.setAvailable(true);
    assertThat(store.queries().find(job.id()).map(Job::status)).contains(job.status());
    assertThat(store.recovery().stillQueued(List.of(job.id(), JobId.next()))).hasSize(1);
    assertThat(store.pauses().paused()).isEmpty();
  }

  @Test
  void whatIsStoredCannotBeChangedFromOutside() {
    List<Object> list = new ArrayList<>(List.of(1));
    NewJob job = aNewJob().param("list", list).build();
    store.jobs().insert(List.of(job));

    list.add(2);

    Map<String, @Nullable Object> params = store.queries().find(job.id()).orElseThrow().params();
    assertThat(params).isEqualTo(Map.of("list", List.of(1)));
    assertThatThrownBy(() -> params.put("more", 1))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aBeatIsDatedByTheClock() {
    WorkerId worker = WorkerId.next();
    store.workers().register(worker, new HashMap<>());

    store.workers().beat(worker);

    assertThat(store.workers().documents(1).getFirst())
        .containsEntry("datereported", clock.instant());
  }
}
