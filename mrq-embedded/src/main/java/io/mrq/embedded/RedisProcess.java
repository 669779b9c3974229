package io.mrq.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One running Redis, which cannot outlive this JVM.
 *
 * <p>A shell stands between the two. It holds our end of a pipe and stops Redis when the pipe
 * closes, which also {@code kill -9} of the JVM does. Redis runs in a process group of its own
 * where the shell can give it one, so that a Ctrl-C meant for the JVM does not take Redis away
 * first.
 */
final class RedisProcess {

  private static final String GUARD =
      """
      trap '' INT HUP QUIT
      exec 3<&0
      set -m
      "$@" 3<&- </dev/null >/dev/null 2>&1 &
      redis=$!
      set +m
      echo $redis
      { read -r _ <&3; kill -TERM $redis; } >/dev/null 2>&1 &
      watch=$!
      wait $redis
      code=$?
      kill $watch
      exit $code
      """;

  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final int CONNECT_MILLIS = 1_000;
  private static final Pattern PROCESS_ID = Pattern.compile("process_id:(\\d+)");

  private final Process guard;
  private final ProcessHandle redis;

  private RedisProcess(Process guard, ProcessHandle redis) {
    this.guard = guard;
    this.redis = redis;
  }

  /** Redis ended, or did not answer in time, instead of starting. */
  static final class NotStarted extends Exception {
    private static final long serialVersionUID = 1L;

    NotStarted(String reason) {
      super(reason);
    }

    boolean portInUse() {
      return String.valueOf(getMessage()).contains("Address already in use");
    }
  }

  /**
   * Starts Redis and returns when it answers.
   *
   * @param folder its working folder, which also gets {@code redis.log} and {@code redis.pid}
   * @param extra further options, after those that are always the same
   */
  static RedisProcess start(Path program, Path folder, int port, List<String> extra)
      throws NotStarted {
    Path log = folder.resolve("redis.log");
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "mrq-redis-guard"));
    command.addAll(List.of(program.toString(), "--port", String.valueOf(port)));
    command.addAll(List.of("--bind", "127.0.0.1", "--dir", folder.toString()));
    command.addAll(List.of("--logfile", log.toString(), "--loglevel", "notice"));
    command.addAll(List.of("--pidfile", folder.resolve("redis.pid").toString()));
    command.addAll(List.of("--save", "", "--maxmemory-policy", "noeviction"));
    command.addAll(extra);
    try {
      long logged = Files.exists(log) ? Files.size(log) : 0;
      Process guard =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      RedisProcess started = new RedisProcess(guard, redisOf(guard));
      started.awaitAnswer(port, log, logged);
      return started;
    } catch (IOException e) {
      throw new NotStarted(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotStarted("interrupted");
    }
  }

  private static ProcessHandle redisOf(Process guard) throws IOException {
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(guard.getInputStream(), StandardCharsets.US_ASCII));
    String pid = lines.readLine();
    if (pid == null) {
      throw new IOException("the shell that starts Redis ended");
    }
    // A Redis that has ended at once may have disappeared; then the guard is watched instead.
    return ProcessHandle.of(Long.parseLong(pid)).orElse(guard.toHandle());
  }

  private void awaitAnswer(int port, Path log, long logged)
      throws NotStarted, InterruptedException, IOException {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    for (State state = ask(port); state != State.READY; state = ask(port)) {
      boolean ended = guard.waitFor(10, TimeUnit.MILLISECONDS);
      // Loading a large file may take its time; Redis ends by itself when it cannot be read.
      if (ended || (state == State.SILENT && System.nanoTime() > end)) {
        stop();
        throw new NotStarted(reasonFrom(log, logged));
      }
    }
  }

  private enum State {
    SILENT,
    LOADING,
    READY
  }

  /** Only the Redis on this port that is ours counts: another one may have been faster. */
  private State ask(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(CONNECT_MILLIS);
      OutputStream out = socket.getOutputStream();
      out.write("INFO\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      String info = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher matcher = PROCESS_ID.matcher(info);
      if (!matcher.find() || Long.parseLong(matcher.group(1)) != redis.pid()) {
        return State.SILENT;
      }
      return info.contains("loading:0") ? State.READY : State.LOADING;
    } catch (IOException e) {
      return State.SILENT;
    }
  }

  /** The last lines that Redis has logged since it was started. */
  private static String reasonFrom(Path log, long from) throws IOException {
    if (!Files.exists(log)) {
      return "it ended without a word";
    }
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(Math.min(from, file.length()));
      byte[] bytes = new byte[(int) Math.min(file.length() - file.getFilePointer(), 65_536)];
      file.readFully(bytes);
      List<String> lines =
          new String(bytes, StandardCharsets.UTF_8).lines().filter(l -> l.contains("# ")).toList();
      String reason =
          String.join(
              ", ",
              lines.subList(Math.max(0, lines.size() - 2), lines.size()).stream()
                  .map(line -> line.substring(line.indexOf("# ") + 2).strip())
                  .toList());
      return (reason.isEmpty() ? "it did not answer" : reason) + " (see " + log + ")";
    }
  }

  long pid() {
    return redis.pid();
  }

  /** Completes with the exit code when Redis has ended, by whatever cause. */
  CompletableFuture<Integer> ended() {
    return guard.onExit().thenApply(Process::exitValue);
  }

  /** Stops Redis in an orderly way; by force when it does not end in time. */
  void stop() {
    try {
      // A suspended process would not hear the request to end.
      signal("CONT");
      guard.getOutputStream().close();
      if (!guard.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        redis.destroyForcibly();
        guard.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (IOException e) {
      redis.destroyForcibly();
    } catch (InterruptedException e) {
      redis.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Sends a signal such as {@code STOP} or {@code CONT} to Redis, if it still runs. */
  void signal(String name) {
    if (!redis.isAlive()) {
      return;
    }
    try {
      new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + redis.pid())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new IllegalStateException("cannot signal Redis", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
