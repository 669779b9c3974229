package io.mrq.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.mrq.embedded.EmbeddedStoreException.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Whatever keeps the stores from starting is told in one sentence, with what to do about it. */
@ExtendWith(OutputCaptureExtension.class)
class StartFailureTest {

  @TempDir Path dir;

  @Test
  void a_folder_that_another_process_uses(CapturedOutput output) throws IOException {
    try (ServerProcess _ = ServerProcess.start(dir, 0)) {
      fail(Map.of("spring.data.redis.host", "127.0.0.1"));
      fail(Map.of("spring.mongodb.host", "127.0.0.1"));
      String sentence = "The data folder " + dir + " is used by another process.";
      assertThat(output.toString().split("\n" + sentence + "\n", -1)).hasSize(3);
      assertThat(output).contains("mrq.embedded.data-dir");
    }
  }

  @Test
  void a_folder_that_another_store_of_this_process_uses() {
    try (EmbeddedMongo _ = EmbeddedMongo.open(EmbeddedMongoOptions.in(dir));
        EmbeddedRedis _ = EmbeddedRedis.start(EmbeddedRedisOptions.in(dir))) {
      assertThat(mongoProblem(EmbeddedMongoOptions.in(dir))).isEqualTo(Problem.FOLDER_LOCKED);
      assertThat(redisFailure(EmbeddedRedisOptions.in(dir)).problem())
          .isEqualTo(Problem.FOLDER_LOCKED);
    }
    try (EmbeddedMongo mongo = EmbeddedMongo.open(EmbeddedMongoOptions.in(dir))) {
      assertThat(mongo.port()).isPositive();
    }
  }

  @Test
  void a_port_that_is_in_use(CapturedOutput output) throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(other.getLocalPort());
      fail(Map.of("mrq.embedded.mongo.port", port));
      assertThat(output)
          .contains("The embedded MongoDB store cannot listen on 127.0.0.1:" + port)
          .contains("'mrq.embedded.mongo.port'");
      fail(Map.of("mrq.embedded.redis.port", port));
      assertThat(output)
          .contains("The embedded Redis cannot listen on 127.0.0.1:" + port)
          .contains("'mrq.embedded.redis.port'");
    }
  }

  @Test
  void a_file_where_the_folder_should_be(CapturedOutput output) throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "not a folder");
    fail(Map.of("mrq.embedded.data-dir", file.toString()));
    assertThat(output)
        .contains("The data folder cannot be written: " + file)
        .contains("'mrq.embedded.data-dir'");
    assertThat(redisFailure(EmbeddedRedisOptions.in(file)).problem())
        .isEqualTo(Problem.FOLDER_NOT_WRITABLE);
  }

  @Test
  void a_folder_without_permission_to_write() throws IOException {
    Path closed =
        Files.createDirectory(
            dir.resolve("closed"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
    assumeFalse(Files.isWritable(closed), "this user may write everywhere");
    assertThat(mongoProblem(EmbeddedMongoOptions.in(closed)))
        .isEqualTo(Problem.FOLDER_NOT_WRITABLE);
    assertThat(mongoProblem(EmbeddedMongoOptions.in(closed.resolve("below"))))
        .isEqualTo(Problem.FOLDER_NOT_WRITABLE);
  }

  @Test
  void a_file_that_is_no_store() throws IOException {
    Files.writeString(dir.resolve("mongo.mv"), "something else".repeat(2_000));
    assertThat(mongoProblem(EmbeddedMongoOptions.in(dir))).isEqualTo(Problem.STORE_DAMAGED);
  }

  @Test
  void a_redis_program_that_does_not_exist(CapturedOutput output) {
    fail(Map.of("mrq.embedded.redis.program", "no-such-redis"));
    assertThat(output)
        .contains("No embedded Redis can run on this machine: there is no program 'no-such-redis'.")
        .contains("'spring.data.redis.host'");
  }

  @Test
  void a_redis_program_that_lacks_a_library() throws IOException {
    Path broken = program("echo 'error while loading shared libraries: libssl.so.3' >&2; exit 127");
    EmbeddedStoreException failure =
        redisFailure(EmbeddedRedisOptions.in(dir).withProgram(broken.toString()));
    assertThat(failure.problem()).isEqualTo(Problem.REDIS_NOT_RUNNABLE);
    assertThat(failure).hasMessageContaining("libssl.so.3").hasMessageContaining("" + broken);
    assertThat(failure.action()).contains("OpenSSL 3");
  }

  @Test
  void a_redis_that_ends_while_it_starts_gives_its_own_reason() throws IOException {
    Path folder = Files.createDirectories(dir.resolve("redis"));
    Files.writeString(folder.resolve("appendonly.aof"), "garbage that no Redis has written\n");
    EmbeddedStoreException failure = redisFailure(EmbeddedRedisOptions.in(dir));
    assertThat(failure.problem()).isEqualTo(Problem.REDIS_NOT_RUNNABLE);
    assertThat(failure).hasMessageContaining("Bad file format reading the append only file");
  }

  private Path program(String script) throws IOException {
    Path program = dir.resolve("redis-server");
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return program;
  }

  private void fail(Map<String, String> properties) {
    SpringApplication application =
        new SpringApplication(EmbeddedStoresAutoConfigurationTest.App.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    Map<String, String> all =
        new java.util.HashMap<>(Map.of("mrq.embedded.data-dir", dir.toString()));
    all.putAll(properties);
    String[] arguments =
        all.entrySet().stream()
            .map(property -> "--" + property.getKey() + "=" + property.getValue())
            .collect(Collectors.toList())
            .toArray(String[]::new);
    EmbeddedStoreException cause =
        rootOf(catchThrowableOfType(RuntimeException.class, () -> application.run(arguments)));
    assertThat(cause.action()).isNotBlank();
  }

  private static EmbeddedStoreException rootOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof EmbeddedStoreException found) {
        return found;
      }
    }
    throw new AssertionError("failed for another reason", failure);
  }

  private static Problem mongoProblem(EmbeddedMongoOptions options) {
    return catchThrowableOfType(EmbeddedStoreException.class, () -> EmbeddedMongo.open(options))
        .problem();
  }

  private static EmbeddedStoreException redisFailure(EmbeddedRedisOptions options) {
    return catchThrowableOfType(EmbeddedStoreException.class, () -> EmbeddedRedis.start(options));
  }
}
