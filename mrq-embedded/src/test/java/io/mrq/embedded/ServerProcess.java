package io.mrq.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A JVM of its own with both embedded stores, which a test can kill. */
final class ServerProcess implements AutoCloseable {

  private final Process process;
  final int mongoPort;
  final int redisPort;
  final long redisPid;

  private ServerProcess(Process process, List<String> words) {
    this.process = process;
    this.mongoPort = Integer.parseInt(words.get(0));
    this.redisPort = Integer.parseInt(words.get(1));
    this.redisPid = Long.parseLong(words.get(2));
  }

  static ServerProcess start(Path dir, int redisPort) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                dir.toString(),
                String.valueOf(redisPort))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the child did not start");
    }
    return new ServerProcess(process, List.of(line.split(" ", -1)));
  }

  /** As {@code kill -9}. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  /** What the child runs. */
  static final class Main {
    private Main() {}

    public static void main(String[] args) throws IOException {
      Path dir = Path.of(args[0]);
      EmbeddedMongo mongo = EmbeddedMongo.open(EmbeddedMongoOptions.in(dir));
      EmbeddedRedis redis =
          EmbeddedRedis.start(EmbeddedRedisOptions.in(dir).withPort(Integer.parseInt(args[1])));
      System.out.println(mongo.port() + " " + redis.port() + " " + redis.pid());
      System.out.flush();
      // Until the parent kills us, or is gone.
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
      redis.close();
      mongo.close();
    }
  }
}
