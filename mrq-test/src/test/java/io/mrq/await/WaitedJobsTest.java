package io.mrq.await;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.query.JobQueries;
import io.mrq.store.JobStore;
import io.mrq.test.MutableClock;
import io.mrq.test.memory.InMemoryStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One read for all callers: how many commands it sends, and what each caller learns. */
class WaitedJobsTest {
  private final InMemoryStore store = new InMemoryStore();
  private final List<String> commands = new ArrayList<>();
  private Runnable beforeFind = () -> {};
  private final WaitedJobs jobs =
      new WaitedJobs(
          counted(JobStore.class, store.jobs()), counted(JobQueries.class, store.queries()));

  @Test
  void aThousandCallersAreOneCommand() {
    List<JobWait> waits = waits(stored(1000));

    jobs.read(waits);

    assertThat(commands).containsExactly("states of 1000");
    assertThat(waits)
        .allSatisfy(wait -> assertThat(wait.status()).isEqualTo(JobStatus.QUEUED))
        .noneMatch(wait -> wait.ended().isDone());
  }

  @Test
  void whatHasEndedIsLoadedByOneMore() {
    List<JobId> ids = stored(1000);
    List<JobWait> waits = waits(ids);
    cancel(ids.subList(0, 10));

    jobs.read(waits);

    assertThat(commands).containsExactly("states of 1000", "find of 10");
    assertThat(waits.stream().filter(wait -> wait.ended().isDone()))
        .hasSize(10)
        .allMatch(wait -> wait.ended().join().status() == JobStatus.CANCEL);
  }

  @Test
  void callersOfTheSameJobAskForItOnce() {
    JobId id = stored(1).getFirst();
    List<JobWait> waits = Stream.generate(() -> new JobWait(id)).limit(100).toList();
    cancel(List.of(id));

    jobs.read(waits);

    assertThat(commands).containsExactly("states of 1", "find of 1");
    assertThat(waits).allMatch(wait -> wait.ended().isDone());
  }

  @Test
  void moreJobsThanACommandTakesAreSeveral() {
    jobs.read(waits(stored(2001)));

    assertThat(commands).containsExactly("states of 1000", "states of 1000", "states of 1");
  }

  @Test
  void aJobThatIsRequeuedBeforeItIsLoadedIsWaitedForOn() {
    JobId id = stored(1).getFirst();
    JobWait wait = new JobWait(id);
    cancel(List.of(id));
    beforeFind =
        () ->
            store
                .moves()
                .requeue(
                    aNewJob().id(id).build().ready(), Set.of(JobStatus.CANCEL), MutableClock.START);

    jobs.read(List.of(wait));

    assertThat(wait.ended()).isNotDone();
  }

  @Test
  void callersWaitOnWhileTheStoreIsAway() {
    JobWait wait = new JobWait(stored(1).getFirst());
    store.setAvailable(false);

    jobs.read(List.of(wait));

    assertThat(wait.ended()).isNotDone();
    assertThat(wait.trouble()).isNotNull();
    store.setAvailable(true);
    jobs.read(List.of(wait));
    assertThat(wait.trouble()).isNull();
    assertThat(wait.status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void aJobThatIsNotThereIsSaidToBeMissing() {
    JobWait wait = new JobWait(JobId.next());

    jobs.read(List.of(wait));

    assertThat(wait.ended()).isCompletedExceptionally();
    assertThat(wait.ended().exceptionNow()).isInstanceOf(JobNotFoundException.class);
    assertThat(commands).containsExactly("states of 1");
  }

  private List<JobId> stored(int number) {
    List<NewJob> fresh = Stream.generate(() -> aNewJob().build()).limit(number).toList();
    store.jobs().insert(fresh);
    return fresh.stream().map(NewJob::id).toList();
  }

  private void cancel(List<JobId> ids) {
    for (JobId id : ids) {
      store
          .moves()
          .cancel(
              id, Set.of(JobStatus.QUEUED), MutableClock.START, MutableClock.START.plusSeconds(60));
    }
  }

  private static List<JobWait> waits(List<JobId> ids) {
    return ids.stream().map(JobWait::new).toList();
  }

  /** A port that notes each call for a collection. */
  private <T> T counted(Class<T> port, T target) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> {
              Collection<?> ids = (Collection<?>) arguments[0];
              commands.add("%s of %d".formatted(method.getName(), ids.size()));
              if (method.getName().equals("find")) {
                beforeFind.run();
              }
              try {
                return method.invoke(target, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
