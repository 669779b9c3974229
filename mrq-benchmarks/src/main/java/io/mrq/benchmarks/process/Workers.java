package io.mrq.benchmarks.process;

import io.mrq.benchmarks.worker.RunCounts;
import io.mrq.benchmarks.worker.SentCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Worker processes on the same stores, which are asked what they have done. */
public final class Workers implements AutoCloseable {
  private static final String MODULE = "mrq-worker-service";
  private static final int START_TIMEOUT_MILLIS = 120_000;

  private final List<ChildProcess> processes = new ArrayList<>();
  private final List<WorkerConnection> connections = new ArrayList<>();

  /**
   * Starts workers, and returns when all are ready.
   *
   * @param slots of each
   * @param options further ones, such as {@code --mrq.worker.queues=a}
   */
  public static Workers start(
      Workplace place, Stores stores, int number, int slots, List<String> options) {
    Workers workers = new Workers();
    try (ServerSocket driver = new ServerSocket(0, number, InetAddress.getLoopbackAddress())) {
      driver.setSoTimeout(START_TIMEOUT_MILLIS);
      List<String> all = new ArrayList<>(stores.options());
      all.addAll(
          List.of(
              "--mrq.bench.driver=" + driver.getLocalPort(),
              "--mrq.worker.slots=" + slots,
              "--mrq.worker.periods.pauses=500ms",
              "--server.port=0"));
      all.addAll(options);
      List<String> command = UnpackedService.of(place, MODULE).commandWithTasks(all);
      for (int i = 0; i < number; i++) {
        workers.processes.add(
            ChildProcess.start(command, place.scratch(), place.log("worker"), false));
      }
      for (int i = 0; i < number; i++) {
        Socket socket = driver.accept();
        workers.connections.add(new WorkerConnection(socket));
      }
    } catch (IOException | RuntimeException e) {
      String logs = workers.processes.stream().map(p -> p.log().toString()).toList().toString();
      workers.close();
      throw new IllegalStateException("the workers did not start, see " + logs, e);
    }
    return workers;
  }

  /** Forgets what ran, and expects jobs with the numbers from 0 to {@code jobs}. */
  public void reset(int jobs) {
    connections.forEach(worker -> worker.reset(jobs));
  }

  public RunCounts counts() {
    return connections.stream()
        .map(WorkerConnection::counts)
        .reduce(RunCounts.NONE, RunCounts::plus);
  }

  /** How many jobs ran, each counted once in each worker. */
  public long distinct() {
    return connections.stream().mapToLong(WorkerConnection::distinct).sum();
  }

  /** How many commands they have sent. */
  public SentCommands commands() {
    return connections.stream()
        .map(WorkerConnection::commands)
        .reduce(new SentCommands(Map.of()), SentCommands::plus);
  }

  /** Waits until the only worker has picked up the next job; answers the microseconds. */
  public long nextPickUp() {
    return connections.getFirst().nextPickUp();
  }

  public ProcessUsage usage() {
    return processes.stream()
        .map(process -> ProcessUsage.of(process.handle()))
        .reduce(ProcessUsage.NONE, ProcessUsage::plus);
  }

  /** Throws when a worker has ended. */
  public void requireAlive() {
    for (ChildProcess process : processes) {
      if (!process.isAlive()) {
        throw new IllegalStateException("a worker has ended, see " + process.log());
      }
    }
  }

  @Override
  public void close() {
    processes.forEach(ChildProcess::close);
    for (WorkerConnection connection : connections) {
      try {
        connection.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
