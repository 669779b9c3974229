package io.mrq.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.protocol.CommandType;
import io.mrq.dispatch.DispatchRefusedException;
import io.mrq.dispatch.DispatchUnavailableException;
import io.mrq.job.WorkerId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** A Redis that answers "no" is not away: no circuit opens, and no connection is made anew. */
@Timeout(120)
class RedisRefusesTest {
  private static final String Q = "default";
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int TIMES = 20;

  @TempDir Path folder;

  private OwnRedis server;
  private LogLines circuit;
  private LogLines refusals;

  @BeforeEach
  void start() throws Exception {
    server = OwnRedis.start(OwnRedis.program(), folder, OwnRedis.freePort());
    circuit = LogLines.of(CircuitBreaker.class);
    refusals = LogLines.of(RefusalLog.class);
  }

  @AfterEach
  void stop() {
    circuit.close();
    refusals.close();
    server.close();
  }

  private RedisDispatchIndex index(RedisStandaloneConfiguration where) {
    RedisDispatchIndex index =
        new RedisDispatchIndex(new LettuceConnectionFactory(where), TestRedis.PATIENT);
    await().atMost(SOON).until(index::isAvailable);
    return index;
  }

  private RedisStandaloneConfiguration where() {
    return new RedisStandaloneConfiguration("127.0.0.1", server.port());
  }

  @Test
  void whenMemoryIsFullOffersAreRefusedAndTheRestWorks() {
    try (RedisDispatchIndex index = index(where())) {
      index.offer(Q, TestRedis.ready(3, Q), 0);
      server.ask(redis -> redis.configSet("maxmemory", "1"));
      long connections = connections();

      for (int i = 0; i < TIMES; i++) {
        assertThatThrownBy(() -> index.offer(Q, List.of(TestRedis.ready(Q, 1)), 0))
            .isInstanceOf(DispatchRefusedException.class)
            .hasMessageContaining("OOM");
        assertThat(index.isAvailable()).isTrue();
      }
      assertThat(index.take(Q, 2)).hasSize(2);
      index.idle(WorkerId.next(), List.of(Q));

      // Each question of this test opens one of its own.
      assertThat(connections()).isEqualTo(connections + 1);
      assertThat(circuit.texts()).isEmpty();
      assertThat(refusals.texts()).hasSize(1);

      server.ask(redis -> redis.configSet("maxmemory", "0"));
      index.offer(Q, List.of(TestRedis.ready(Q, 1)), 0);
    }
  }

  @Test
  void aMissingPermissionIsToldByNameAndOpensNoCircuit() {
    AclSetuserArgs allButScripts =
        AclSetuserArgs.Builder.on()
            .addPassword("secret")
            .keyPattern("mrq:*")
            .allCommands()
            .removeCommand(CommandType.EVALSHA);
    server.ask(redis -> redis.aclSetuser("mrq", allButScripts));
    RedisStandaloneConfiguration where = where();
    where.setUsername("mrq");
    where.setPassword("secret");
    try (RedisDispatchIndex index = index(where)) {
      for (int i = 0; i < TIMES; i++) {
        assertThatThrownBy(() -> index.offer(Q, List.of(TestRedis.ready(Q, 1)), 0))
            .isInstanceOf(DispatchRefusedException.class)
            .hasMessageContaining("evalsha");
      }
      assertThat(index.take(Q, 2)).isEmpty();
      assertThat(index.isAvailable()).isTrue();
      assertThat(circuit.texts()).isEmpty();
      assertThat(refusals.texts()).hasSize(1);
    }
  }

  @Test
  void aForeignKeyUnderOneQueuesNameLeavesTheOtherQueuesAlone() {
    try (RedisDispatchIndex index = index(where())) {
      server.ask(redis -> redis.set("mrq:{odd}:ready", "not a sorted set"));

      for (int i = 0; i < TIMES; i++) {
        assertThatThrownBy(() -> index.take("odd", 1))
            .isInstanceOf(DispatchRefusedException.class)
            .hasMessageContaining("WRONGTYPE");
        assertThat(index.take(Q, 1)).isEmpty();
      }
      index.offer(Q, TestRedis.ready(2, Q), 0);
      assertThat(index.sizes(List.of("odd", Q))).containsOnlyKeys(Q).containsEntry(Q, 2L);
      assertThat(index.take(Map.of("odd", 5, Q, 5))).containsOnlyKeys(Q);
      assertThat(index.sizes(List.of(Q))).containsEntry(Q, 0L);
      assertThat(circuit.texts()).isEmpty();
    }
  }

  @Test
  void aMasterThatBecameAReplicaIsAwayOnceUntilItIsAMasterAgain() {
    try (RedisDispatchIndex index = index(where())) {
      server.ask(redis -> redis.replicaof("127.0.0.1", 1));
      await()
          .atMost(SOON)
          .until(() -> {
            assertThatThrownBy(() -> index.take(Q, 1))
                .isInstanceOf(DispatchUnavailableException.class);
            return !index.isAvailable();
          });
      long probes = refusedWrites();
      // Asking lets it be tried in the background; a replica must not pass for a master.
      await()
          .atMost(SOON)
          .until(() -> {
            assertThat(index.isAvailable()).isFalse();
            return refusedWrites() >= probes + 3;
          });
      assertThat(circuit.texts()).hasSize(1);
      assertThat(circuit.texts().getFirst()).contains("READONLY");

      server.ask(RedisCommands::replicaofNoOne);
      await().atMost(SOON).until(index::isAvailable);
      assertThat(circuit.texts()).hasSize(2);
    }
  }

  private long connections() {
    return info("stats", "total_connections_received:");
  }

  private long refusedWrites() {
    return info("errorstats", "errorstat_READONLY:count=");
  }

  private long info(String section, String field) {
    String info = server.ask(redis -> redis.info(section));
    return info.lines()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.substring(field.length()).strip()))
        .findFirst()
        .orElse(0);
  }
}
