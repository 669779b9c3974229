package io.mrq.api.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.api.problem.ProblemException;
import io.mrq.api.problem.ProblemType;
import io.mrq.api.request.LineLimits;
import io.mrq.client.JobClient;
import io.mrq.dispatch.JobDispatcher;
import io.mrq.store.StoreUnavailableException;
import io.mrq.task.SharedTasks;
import io.mrq.task.TaskCatalog;
import io.mrq.task.TaskSettings;
import io.mrq.task.TaskStore;
import io.mrq.test.memory.InMemoryStore;
import io.mrq.test.memory.dispatch.InMemoryDispatchIndex;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Lines that arrive while the store is away, and before it was first asked which tasks are. */
class JobLinesBeforeTasksAreKnownTest {
  private static final byte[] BODY = "{\"path\":\"a.B\"}\n".getBytes(StandardCharsets.UTF_8);

  private final InMemoryStore memory = new InMemoryStore();
  private final JobClient client =
      new JobClient(
          new JobClient.Ports(
              memory.jobs(),
              memory.queries(),
              memory.keys(),
              new JobDispatcher(new InMemoryDispatchIndex())),
          TaskCatalog.EMPTY,
          JobClient.Observers.NONE,
          InstantSource.system(),
          Runnable::run);
  private final ParamsCheck checks =
      new ParamsCheck(
          true,
          new SharedTasks(
              away(),
              _ -> Optional.empty(),
              _ -> Map.of(),
              TaskSettings.DEFAULT,
              InstantSource.system(),
              System::nanoTime,
              Runnable::run));

  @Test
  void theAnswerSaysThatTheStoreIsAway() throws IOException {
    LineReport report = new LineReport(false, false);
    LineFeed feed = new LineFeed();
    LineReader reader =
        new LineReader(
            new ByteArrayInputStream(BODY),
            false,
            new LineLimits(10, DataSize.ofMegabytes(1)),
            LineIds.of(null, client),
            checks,
            feed);
    JobLines lines = new JobLines(client, InstantSource.system(), report, feed);

    assertThatThrownBy(() -> lines.enqueueAll(reader))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.problem().type()).isEqualTo(ProblemType.STORE_UNAVAILABLE);
              assertThat(problem.problem().members()).containsKey("report");
            });
    assertThat(report.lines()).isZero();
  }

  private static TaskStore away() {
    return (TaskStore)
        Proxy.newProxyInstance(
            TaskStore.class.getClassLoader(),
            new Class<?>[] {TaskStore.class},
            (_, _, _) -> {
              throw new StoreUnavailableException("away", null);
            });
  }
}
