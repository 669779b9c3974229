package io.mrq.api.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.request.LineLimits;
import io.mrq.client.JobClient;
import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.JobDispatcher;
import io.mrq.store.JobStore;
import io.mrq.task.SharedTasks;
import io.mrq.task.TaskCatalog;
import io.mrq.task.TaskSettings;
import io.mrq.test.memory.InMemoryStore;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** 100,000 lines, 100 MB together, in a process with 32 MB of heap. */
class JobLineMemoryTest {
  private static final int LINES = 100_000;
  private static final String TEXT = "x".repeat(1000);

  @Test
  void theMemoryDoesNotDependOnTheNumberOfLines() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                JobLineMemoryTest.class.getName())
            .redirectErrorStream(true)
            .start();

    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("lines=100000, enqueued=100000, refused=0");
  }

  /** The process. Its stores keep nothing. */
  public static void main(String[] arguments) throws IOException {
    InMemoryStore memory = new InMemoryStore();
    JobClient client =
        new JobClient(
            new JobClient.Ports(
                forgetful(JobStore.class),
                memory.queries(),
                memory.keys(),
                new JobDispatcher(forgetful(DispatchIndex.class))),
            TaskCatalog.EMPTY,
            JobClient.Observers.NONE,
            InstantSource.system(),
            Runnable::run);
    LineReport report = new LineReport(false, false);
    LineFeed feed = new LineFeed();
    ParamsCheck checks =
        new ParamsCheck(
            false,
            new SharedTasks(
                memory.tasks(),
                _ -> Optional.empty(),
                _ -> Map.of(),
                TaskSettings.DEFAULT,
                InstantSource.system(),
                System::nanoTime,
                Runnable::run));
    LineLimits limits = new LineLimits(LINES, DataSize.ofMegabytes(256));
    new JobLines(client, InstantSource.system(), report, feed)
        .enqueueAll(
            new LineReader(new Body(), false, limits, LineIds.of("key", client), checks, feed));
    System.out.println(report.toMap());
  }

  private static <T> T forgetful(Class<T> port) {
    return port.cast(
        Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (_, _, _) -> null));
  }

  /** A body that is made while it is read. */
  private static final class Body extends InputStream {
    private byte[] line = new byte[0];
    private int next;
    private int made;

    @Override
    public int available() {
      return 1;
    }

    @Override
    public int read() {
      if (next == line.length) {
        if (made == LINES) {
          return -1;
        }
        line =
            "{\"path\":\"a.B\",\"params\":{\"n\":%d,\"text\":\"%s\"}}\n"
                .formatted(made++, TEXT)
                .getBytes(StandardCharsets.UTF_8);
        next = 0;
      }
      return line[next++];
    }
  }
}
