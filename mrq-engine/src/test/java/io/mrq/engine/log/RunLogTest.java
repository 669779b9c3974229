package io.mrq.engine.log;

import static io.mrq.test.builder.JobBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.Claim;
import io.mrq.job.Job;
import io.mrq.job.Run;
import io.mrq.job.WorkerId;
import io.mrq.log.JobLogLine;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The books of what one run has logged: what is added to them is what leaves them. */
class RunLogTest {
  private static final Instant NOW = Instant.EPOCH;

  private final Job job = aJob().build();
  private final RunLog log = new RunLog(job, new Run(job.id(), Claim.by(WorkerId.next())));

  private JobLogLine line(String message) {
    return log.line(NOW, "INFO", "tests.Sample", message);
  }

  @Test
  void whatIsTakenWeighsWhatWasAdded() {
    long added = 0;
    for (int i = 0; i < 5; i++) {
      JobLogLine line = line("x".repeat(600_000));
      assertThat(log.add(line, Long.MAX_VALUE)).isEqualTo(RunLog.Added.KEPT);
      added += RunLog.weight(line);
    }
    // Notes are added, that nobody has counted.
    log.notBuffered();
    log.add(line("too much"), 1);

    List<RunLog.Taken> taken = log.take(NOW);

    assertThat(taken).hasSizeGreaterThan(2);
    assertThat(taken.stream().mapToLong(RunLog.Taken::weight).sum()).isEqualTo(added);
    assertThat(taken.stream().mapToInt(t -> t.chunk().lines().size()).sum()).isEqualTo(7);
  }

  @Test
  void aLineAfterTheEndIsKeptByNobody() {
    log.end();

    assertThat(log.add(line("late"), Long.MAX_VALUE)).isEqualTo(RunLog.Added.TOO_LATE);
    log.notBuffered();

    assertThat(log.isOver()).isTrue();
    assertThat(log.take(NOW)).isEmpty();
  }
}
