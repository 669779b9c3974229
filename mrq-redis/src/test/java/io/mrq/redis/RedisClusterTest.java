package io.mrq.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mrq.dispatch.DispatchIndex;
import io.mrq.job.WorkerId;
import io.mrq.test.contract.dispatch.DispatchIndexContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * The contract on a cluster of two nodes, which refuse every command that touches two slots
 * (protocol §3).
 */
class RedisClusterTest extends DispatchIndexContract {
  private static final int SLOTS = 16_384;
  private static final List<OwnRedis> NODES = new ArrayList<>();

  private @Nullable RedisDispatchIndex opened;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    Path program = OwnRedis.program();
    for (int i = 0; i < 2; i++) {
      Path own = Files.createDirectory(folder.resolve("node" + i));
      OwnRedis node = OwnRedis.start(program, own, OwnRedis.freePort(), "--cluster-enabled", "yes");
      NODES.add(node);
      int[] half = IntStream.range(i * SLOTS / 2, (i + 1) * SLOTS / 2).toArray();
      node.ask(redis -> redis.clusterAddSlots(half));
    }
    NODES.getFirst().ask(redis -> redis.clusterMeet("127.0.0.1", NODES.getLast().port()));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            NODES.stream()
                .allMatch(
                    node -> node.ask(redis -> redis.clusterInfo()).contains("cluster_state:ok")));
  }

  @AfterAll
  static void stop() {
    NODES.forEach(OwnRedis::close);
    NODES.clear();
  }

  @Override
  protected DispatchIndex emptyIndex(int maxReady) {
    close();
    NODES.forEach(node -> node.ask(redis -> redis.flushall()));
    List<String> nodes = NODES.stream().map(node -> "127.0.0.1:" + node.port()).toList();
    LettuceConnectionFactory application =
        new LettuceConnectionFactory(new RedisClusterConfiguration(nodes));
    RedisDispatchIndex index =
        new RedisDispatchIndex(application, TestRedis.PATIENT.withMaxReady(maxReady));
    opened = index;
    return index;
  }

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
    }
  }

  // CTX-07
  @Test
  void queuesAreSpreadOverTheNodesAndServedInOneCall() {
    DispatchIndex index = emptyIndex(100);
    List<String> queues = IntStream.range(0, 20).mapToObj(i -> "queue" + i).toList();

    index.idle(WorkerId.next(), queues);
    queues.forEach(queue -> index.offer(queue, TestRedis.ready(3, queue), 0));

    assertThat(NODES)
        .allSatisfy(node -> assertThat(node.<Long>ask(redis -> redis.dbsize())).isPositive());
    assertThat(queues).allSatisfy(queue -> assertThat(index.take(queue, 10)).hasSize(3));
  }

  @Test
  void nodesThatForgotTheScriptsAreToldAgain() {
    DispatchIndex index = emptyIndex(100);
    List<String> queues = IntStream.range(0, 20).mapToObj(i -> "queue" + i).toList();
    index.idle(WorkerId.next(), queues);
    NODES.getFirst().ask(redis -> redis.scriptFlush());

    index.idle(WorkerId.next(), queues);

    assertThat(queues).allSatisfy(queue -> index.offer(queue, TestRedis.ready(1, queue), 1));
    assertThat(queues).allSatisfy(queue -> assertThat(index.take(queue, 10)).hasSize(1));
  }
}
