package io.mrq.testing;

import static io.mrq.testing.MrqAssertions.JOB;
import static io.mrq.testing.MrqAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.client.JobClient;
import io.mrq.client.JobRequest;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.queue.QueueActions;
import io.mrq.schedule.Schedules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a test may expect of {@link MrqTester}, whatever the stores. */
abstract class MrqTesterTests {
  private static final Instant START = Instant.parse(TestClock.START);

  @Autowired MrqTester mrq;
  @Autowired JobClient client;
  @Autowired QueueActions queues;
  @Autowired Schedules schedules;
  @Autowired SampleTasks tasks;

  @BeforeEach
  void forgetEarlierTests() {
    tasks.ran.clear();
    assertThat(mrq.jobs()).isEmpty();
    assertThat(mrq.clock().instant()).isEqualTo(START);
  }

  @Test
  void jobsThatJobsEnqueueRunToo() {
    client.enqueue(JobRequest.of("sample.tree").param("depth", 3));

    List<Job> ran = mrq.runUntilIdle();

    assertThat(ran).hasSize(15).allSatisfy(job -> assertThat(job).succeeded());
    assertThat(ran).extracting(Job::id).isSorted();
    assertThat(tasks.ran).startsWith("depth 3", "depth 2", "depth 2", "depth 1").hasSize(15);
  }

  @Test
  void jobsRunByPriorityAndThenByDateInAllQueues() {
    client.enqueue(note("first").queue("b"));
    client.enqueue(note("urgent").queue("c").priority(10));
    client.enqueue(note("second").queue("a"));

    mrq.runUntilIdle();

    assertThat(tasks.ran)
        .containsExactly("urgent at " + START, "first at " + START, "second at " + START);
  }

  @Test
  void retriesRunWhenTheirTimeHasCome() {
    JobId id = client.enqueue(JobRequest.of("sample.broken")).id();

    assertThat(mrq.runUntilIdle()).singleElement(JOB).waitsUntil(START.plusSeconds(10));
    assertThat(mrq.advance(Duration.ofSeconds(9))).isEmpty();
    assertThat(mrq.advance(Duration.ofSeconds(1))).singleElement(JOB).hasAttempts(2);
    mrq.runUntilFinished();

    assertThat(mrq.job(id)).hasStatus(JobStatus.MAXRETRIES).hasRetries(3).hasAttempts(4);
    assertThat(tasks.ran)
        .containsExactly(
            "broken at " + START,
            "broken at " + START.plusSeconds(10),
            "broken at " + START.plusSeconds(30),
            "broken at " + START.plusSeconds(70));
  }

  @Test
  void aRetryWithoutDelayRunsAtOnce() {
    client.enqueue(JobRequest.of("sample.again"));

    assertThat(mrq.runUntilIdle()).hasSize(3).last(JOB).hasStatus(JobStatus.MAXRETRIES);
    assertThat(tasks.ran).containsExactly("again", "again", "again");
  }

  @Test
  void delayedJobsRunAtTheirDates() {
    client.enqueue(note("later").delay(Duration.ofHours(2)));
    client.enqueue(note("sooner").runAt(START.plusSeconds(60)));

    mrq.advance(Duration.ofHours(3));

    assertThat(tasks.ran)
        .filteredOn(text -> !text.startsWith("tick"))
        .containsExactly(
            "sooner at " + START.plusSeconds(60), "later at " + START.plus(Duration.ofHours(2)));
    assertThat(mrq.clock().instant()).isEqualTo(START.plus(Duration.ofHours(3)));
  }

  @Test
  void slotsOfSchedulesRunAtTheirTimesAndOverlapAsTheySay() {
    mrq.advance(Duration.ofMinutes(50));

    // The job of the first slot fails once, waits for 25 minutes, and two slots are skipped.
    assertThat(tasks.ran)
        .containsExactly(
            "tick at " + START.plus(Duration.ofMinutes(10)),
            "tick at " + START.plus(Duration.ofMinutes(35)),
            "tick at " + START.plus(Duration.ofMinutes(40)),
            "tick at " + START.plus(Duration.ofMinutes(50)));
  }

  @Test
  void schedulesAreThereFromTheBeginning() {
    assertThat(schedules.list(null, 10))
        .singleElement()
        .satisfies(schedule -> assertThat(schedule.name()).isEqualTo("sample.tick"));
  }

  @Test
  void aTimeoutGoesByTheClockOnTheWall() {
    assertThat(mrq.run(JobRequest.of("sample.slow"))).hasStatus(JobStatus.TIMEOUT);
  }

  @Test
  void jobsOfOthersAndOfPausedQueuesStayQueued() {
    JobId others = client.enqueue(JobRequest.of("sample.unknown")).id();
    JobId paused = client.enqueue(note("paused").queue("closed")).id();
    queues.pause("closed", "a test", "");

    assertThat(mrq.runUntilIdle()).isEmpty();
    assertThat(mrq.job(others)).isQueued();
    queues.resume("closed");

    assertThat(mrq.runUntilIdle()).singleElement().extracting(Job::id).isEqualTo(paused);
  }

  @Test
  void jobsWithoutEndFailTheTest() {
    client.enqueue(JobRequest.of("sample.forever"));

    assertThatThrownBy(() -> mrq.runUntilIdle(20))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("sample.forever");
  }

  @Test
  void aDelayedJobCannotBeRunNow() {
    assertThatThrownBy(() -> mrq.run(note("later").delay(Duration.ofHours(1))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("its status is retry");
  }

  private static JobRequest note(String name) {
    return JobRequest.of("sample.note").param("name", name);
  }
}
