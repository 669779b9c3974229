package io.mrq.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The embedded stores in a process of their own, with a new folder. */
public final class EmbeddedStores implements Stores {
  private final ChildProcess process;
  private final Path folder;
  private final String mongoUri;
  private final int redisPort;
  private final ProcessHandle redis;

  private EmbeddedStores(ChildProcess process, Path folder, String where) {
    String[] words = where.split(" ", -1);
    this.process = process;
    this.folder = folder;
    this.mongoUri = words[0];
    this.redisPort = Integer.parseInt(words[1]);
    this.redis = ProcessHandle.of(Long.parseLong(words[2])).orElseThrow();
  }

  /** Starts them, and returns when they answer. */
  public static EmbeddedStores start(Workplace place) {
    Path folder = place.dataFolder("stores");
    List<String> command = new ArrayList<>(List.of(place.java()));
    command.addAll(place.serviceFlags());
    command.addAll(Workplace.LIBRARY_FLAGS);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            StoreProcess.class.getName(),
            folder.toString()));
    ChildProcess process = ChildProcess.start(command, folder, place.log("stores"), true);
    try {
      var out = process.process().inputReader(StandardCharsets.UTF_8);
      String line = out.readLine();
      while (line != null && !line.startsWith("mongodb://")) {
        line = out.readLine();
      }
      if (line == null) {
        throw new IllegalStateException("the stores did not start, see " + process.log());
      }
      return new EmbeddedStores(process, folder, line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String mongoUri() {
    return mongoUri;
  }

  @Override
  public String redisUri() {
    return "redis://127.0.0.1:" + redisPort;
  }

  @Override
  public String redisPrefix() {
    return "mrq";
  }

  @Override
  public ProcessUsage mongoUsage() {
    return ProcessUsage.of(process.handle());
  }

  @Override
  public ProcessUsage redisUsage() {
    return ProcessUsage.of(redis);
  }

  @Override
  public void close() {
    try {
      process.process().outputWriter(StandardCharsets.UTF_8).close();
    } catch (IOException e) {
      // It ends all the same.
    }
    process.awaitEnd();
    process.close();
    Workplace.delete(folder);
  }
}
