package io.mrq.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorReplyTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          OOM command not allowed when used memory > 'maxmemory'. | OOM | false
          OOM command not allowed when used memory > 'maxmemory'. script: 4d1f, on @user_script:9. | OOM | false
          ERR Error running script (call to f_4d1f): @user_script:9: @user_script: 9: -OOM command not allowed | OOM | false
          ERR Error running script (call to f_4d1f): @user_script:5: -READONLY You can't write against a read only replica. | READONLY | true
          NOPERM this user has no permissions to run the 'evalsha' command | NOPERM | false
          MISCONF Redis is configured to save RDB snapshots | MISCONF | false
          NOREPLICAS Not enough good replicas to write. | NOREPLICAS | false
          WRONGTYPE Operation against a key holding the wrong kind of value | WRONGTYPE | false
          ERR unknown command 'ZMSCORE' | ERR | false
          READONLY You can't write against a read only replica. | READONLY | true
          LOADING Redis is loading the dataset in memory | LOADING | true
          MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'. | MASTERDOWN | true
          CLUSTERDOWN Hash slot not served | CLUSTERDOWN | true
          UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?) | UNBLOCKED | true
          NOAUTH Authentication required. | NOAUTH | true
          something of a proxy | ERR | false
          """)
  void aReplyIsKnownByItsCodeAlsoInsideAScript(String text, String code, boolean away) {
    ErrorReply reply =
        Objects.requireNonNull(ErrorReply.of(new RedisCommandExecutionException(text)));

    assertThat(reply.code()).isEqualTo(code);
    assertThat(reply.isAway()).isEqualTo(away);
    assertThat(reply.text()).isEqualTo(text);
  }

  @Test
  void whatCameWithoutAnAnswerIsNoReply() {
    assertThat(ErrorReply.of(new RedisCommandTimeoutException("no answer in time"))).isNull();
    assertThat(
            ErrorReply.of(
                new RedisConnectionException(
                    "Unable to connect", new RedisCommandExecutionException("WRONGPASS"))))
        .isNull();
  }
}
