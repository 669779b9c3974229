package io.mrq.benchmarks.peer;

import io.mrq.benchmarks.process.ChildProcess;
import io.mrq.benchmarks.process.ProcessUsage;
import io.mrq.benchmarks.process.Workplace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A process of a peer. It prints {@code ready} and waits for a line, works, prints one line of
 * JSON, and waits for another line before it ends.
 */
final class PeerProcess implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final ChildProcess process;
  private final BufferedReader out;
  private final Writer in;

  private PeerProcess(ChildProcess process) {
    this.process = process;
    this.out = process.process().inputReader(StandardCharsets.UTF_8);
    this.in = process.process().outputWriter(StandardCharsets.UTF_8);
  }

  /** Starts it and returns when it is ready. */
  static PeerProcess start(Workplace place, Path folder, String name, List<String> command) {
    PeerProcess peer = new PeerProcess(ChildProcess.start(command, folder, place.log(name), true));
    var _ = peer.lineWith("ready");
    return peer;
  }

  /**
   * Lets it work; answers what it measured, and as {@code serverMicros} the CPU time of its server.
   */
  Map<String, Double> work(Supplier<ProcessUsage> server) {
    long before = server.get().cpuMicros();
    go();
    Map<String, Double> figures =
        JSON.readValue(lineWith("{"), new TypeReference<Map<String, Double>>() {});
    figures.put("serverMicros", (double) (server.get().cpuMicros() - before));
    return figures;
  }

  /** Lets it go on, without waiting. */
  void go() {
    try {
      in.write("\n");
      in.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String lineWith(String start) {
    try {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith(start)) {
          return line;
        }
      }
      throw new IllegalStateException("a peer ended, see " + process.log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
