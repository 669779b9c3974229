package io.mrq.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedRedisTest {

  @TempDir Path dir;

  @Test
  void keeps_data_over_an_orderly_restart() {
    try (EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedisOptions.in(dir))) {
      assertThat(with(redis, c -> c.set("k", "v"))).isEqualTo("OK");
    }
    try (EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedisOptions.in(dir))) {
      assertThat(with(redis, c -> c.get("k"))).isEqualTo("v");
    }
  }

  @Test
  void comes_back_on_the_same_port_when_it_is_killed() {
    try (EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedisOptions.in(dir))) {
      long first = redis.pid();
      with(redis, c -> c.set("k", "v"));
      ProcessHandle.of(first).orElseThrow().destroyForcibly();
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(redis.pid()).isNotEqualTo(first));
      assertThat(with(redis, c -> c.get("k"))).isEqualTo("v");
    }
  }

  @Test
  void is_taken_away_and_brought_back_on_the_same_port_with_its_data() {
    try (EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedisOptions.in(dir))) {
      with(redis, c -> c.set("k", "v"));
      redis.stop();
      assertThatThrownBy(() -> with(redis, c -> c.get("k")))
          .isInstanceOf(RedisConnectionException.class);
      assertThat(LoopbackPort.isFree(redis.port())).isTrue();
      redis.restart();
      assertThat(with(redis, c -> c.get("k"))).isEqualTo("v");
    }
  }

  @Test
  void a_suspended_one_answers_when_it_is_resumed_and_can_be_closed_while_suspended()
      throws Exception {
    try (EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedisOptions.in(dir));
        RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", redis.port()))) {
      RedisAsyncCommands<String, String> commands = client.connect().async();
      redis.suspend();
      RedisFuture<String> answer = commands.set("k", "v");
      assertThat(answer.await(200, TimeUnit.MILLISECONDS)).isFalse();
      redis.resume();
      assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("OK");
      long pid = redis.pid();
      redis.suspend();
      redis.close();
      assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }
  }

  @Test
  void in_memory_leaves_nothing_behind() {
    Path folder;
    long pid;
    try (EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedisOptions.inMemory())) {
      folder = redis.folder();
      pid = redis.pid();
      with(redis, c -> c.set("k", "v"));
      assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".aof"));
    }
    assertThat(folder).doesNotExist();
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void never_evicts_and_appends_to_its_file() {
    try (EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedisOptions.in(dir))) {
      assertThat(setting(redis, "maxmemory-policy")).isEqualTo("noeviction");
      assertThat(setting(redis, "appendonly")).isEqualTo("yes");
      assertThat(setting(redis, "appendfsync")).isEqualTo("everysec");
      assertThat(setting(redis, "bind")).isEqualTo("127.0.0.1");
    }
    EmbeddedRedisOptions durable = EmbeddedRedisOptions.in(dir).withFsync(true);
    try (EmbeddedRedis redis = EmbeddedRedis.start(durable)) {
      assertThat(setting(redis, "appendfsync")).isEqualTo("always");
    }
  }

  private static @Nullable String setting(EmbeddedRedis redis, String name) {
    return with(redis, c -> c.configGet(name).get(name));
  }

  @Test
  void many_start_at_once_each_on_a_port_of_its_own() throws Exception {
    List<Callable<EmbeddedRedis>> starts =
        Collections.nCopies(8, () -> EmbeddedRedis.start(EmbeddedRedisOptions.inMemory()));
    Set<Integer> ports = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<EmbeddedRedis> start : threads.invokeAll(starts)) {
        try (EmbeddedRedis redis = start.get()) {
          ports.add(redis.port());
        }
      }
    }
    assertThat(ports).hasSize(8);
  }

  @Test
  void the_program_is_unpacked_once_by_many_at_once_and_repaired_when_cut() throws Exception {
    List<Callable<Path>> unpacks = Collections.nCopies(8, () -> unpack(dir));
    Set<Path> programs = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Path> unpack : threads.invokeAll(unpacks)) {
        programs.add(unpack.get());
      }
    }
    assertThat(programs).hasSize(1);
    Path program = programs.iterator().next();
    assertThat(dir).isDirectoryContaining(program::equals);
    assertThat(Files.list(dir)).hasSize(1);
    FileTime unpacked = Files.getLastModifiedTime(program);
    long size = Files.size(program);
    assertThat(unpack(dir)).isEqualTo(program);
    assertThat(Files.getLastModifiedTime(program)).isEqualTo(unpacked);
    Files.write(program, new byte[100]);
    assertThat(Files.size(unpack(dir))).isEqualTo(size);
  }

  private static Path unpack(Path folder) throws IOException {
    Path program = RedisProgram.unpackInto(folder);
    assertThat(program).isNotNull();
    return program;
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64",
    "Linux, aarch64",
    "Mac OS X, x86_64",
    "Mac OS X, aarch64",
  })
  void there_is_a_program_for_the_usual_machines(String os, String arch) {
    String name = RedisProgram.resourceFor(os, arch);
    assertThat(getClass().getResource("/" + name)).isNotNull();
  }

  @Test
  void a_program_that_was_named_is_run_instead() throws IOException {
    Path own = unpack(dir).resolveSibling("my-redis-server");
    Files.move(unpack(dir), own);
    EmbeddedRedisOptions options = EmbeddedRedisOptions.inMemory().withProgram(own.toString());
    try (EmbeddedRedis redis = EmbeddedRedis.start(options)) {
      assertThat(ProcessHandle.of(redis.pid()).flatMap(process -> process.info().command()))
          .hasValue(own.toString());
    }
  }

  static @Nullable String with(
      EmbeddedRedis redis, Function<RedisCommands<String, String>, @Nullable String> work) {
    try (RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", redis.port()))) {
      return work.apply(client.connect().sync());
    }
  }
}
