package io.mrq.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.mrq.dispatch.WakeUp;
import io.mrq.job.ReadyJob;
import io.mrq.job.WorkerId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The rules of docs/deploying.md allow all that the index does. */
@Timeout(120)
class RedisPermissionsTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String RULES = "ACL SETUSER mrq ";
  private static final String Q = "default";

  @TempDir Path folder;

  @Test
  void theUserOfTheGuideMayDoAllThatIsNeeded() throws Exception {
    try (OwnRedis server = OwnRedis.start(OwnRedis.program(), folder, OwnRedis.freePort());
        LogLines refusals = LogLines.of(RefusalLog.class)) {
      CommandArgs<String, String> user =
          new CommandArgs<>(StringCodec.UTF8).add("SETUSER").add("mrq");
      List.of(rules().split(" ")).forEach(user::add);
      server.ask(
          redis -> redis.dispatch(CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), user));
      RedisStandaloneConfiguration where =
          new RedisStandaloneConfiguration("127.0.0.1", server.port());
      where.setUsername("mrq");
      where.setPassword("password");

      try (RedisDispatchIndex index =
          new RedisDispatchIndex(new LettuceConnectionFactory(where), TestRedis.PATIENT)) {
        WorkerId worker = WorkerId.next();
        ReadyJob job = TestRedis.ready(Q, 1);
        ReadyJob cancelled = TestRedis.ready(Q, 2);
        await().atMost(SOON).until(index::isAvailable);
        index.idle(worker, List.of(Q));
        index.offer(Q, List.of(job, cancelled), 1);
        index.drop(Q, List.of(cancelled.id()));
        assertThat(index.await(worker, SOON)).map(WakeUp::queue).contains(Q);
        assertThat(index.await(worker, Duration.ZERO)).isEmpty();
        assertThat(index.below(Q, 5)).isEqualTo(1);
        assertThat(index.missing(Q, List.of(job.id())).absent()).isEmpty();
        assertThat(index.take(Q, 1)).containsExactly(job.id());
        index.busy(worker, List.of(Q));
        assertThat(refusals.texts()).isEmpty();
      }
    }
  }

  private static String rules() throws Exception {
    Path guide = Path.of(System.getProperty("basedir", "."), "..", "docs", "deploying.md");
    return Files.readAllLines(guide).stream()
        .filter(line -> line.startsWith(RULES))
        .findFirst()
        .orElseThrow()
        .substring(RULES.length());
  }
}
