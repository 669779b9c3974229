package io.mrq.test.contract.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.Claim;
import io.mrq.job.JobId;
import io.mrq.job.Run;
import io.mrq.job.WorkerId;
import io.mrq.log.JobLogChunk;
import io.mrq.log.JobLogCursor;
import io.mrq.log.JobLogLine;
import io.mrq.log.JobLogPage;
import io.mrq.test.contract.StoreContract;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a {@code JobLogStore} does. */
public abstract class JobLogStoreContract extends StoreContract {
  private final Run run = aRun();

  private static Run aRun() {
    return new Run(JobId.next(), Claim.by(WorkerId.next()));
  }

  private static JobLogLine line(String message) {
    return new JobLogLine(NOW.plusMillis(7), "INFO", "tests.Sample", message, 2);
  }

  private List<JobLogLine> appended(Run of, String... messages) {
    List<JobLogLine> lines =
        IntStream.range(0, messages.length).mapToObj(i -> line(messages[i])).toList();
    ports.logs().append(List.of(JobLogChunk.of(of, lines)));
    return lines;
  }

  private JobLogPage after(JobLogCursor place, int limit) {
    return ports.logs().after(run.job(), place, limit);
  }

  private static List<String> messages(JobLogPage page) {
    return page.lines().stream().map(JobLogLine::message).toList();
  }

  // LOG-01, LOG-04
  @Test
  void linesComeBackAsTheyWereLogged() {
    List<JobLogLine> lines =
        List.of(
            line("Grüße, 世界 🌍"),
            new JobLogLine(NOW, "ERROR", "", "failed\n\tat a.B.c(B.java:7)\n", 2),
            line(""),
            line("[WARN] 2026 \r\n\n"));

    ports.logs().append(List.of(JobLogChunk.of(run, lines)));

    assertThat(after(JobLogCursor.START, 10).lines()).isEqualTo(lines);
  }

  // BUG-18
  @Test
  void aTailReturnsNewLinesOnly() {
    appended(run, "1", "2");
    JobLogPage first = after(JobLogCursor.START, 10);
    assertThat(messages(first)).containsExactly("1", "2");
    assertThat(messages(after(first.next(), 10))).isEmpty();
    assertThat(after(first.next(), 10).next()).isEqualTo(first.next());

    appended(run, "3");
    appended(run, "4", "5");

    JobLogPage second = after(first.next(), 10);
    assertThat(messages(second)).containsExactly("3", "4", "5");
    assertThat(messages(after(second.next(), 10))).isEmpty();
  }

  @Test
  void linesThatAnotherWorkerStoresUnderAnEarlierIdAreNewToo() {
    JobLogChunk late = JobLogChunk.of(run, List.of(line("late")));
    appended(run, "1");
    JobLogPage first = after(JobLogCursor.START, 10);
    JobLogPage tail = ports.logs().tail(run.job(), 10);

    ports.logs().append(List.of(late));
    appended(run, "2");

    assertThat(messages(after(first.next(), 10))).containsExactly("late", "2");
    assertThat(messages(after(tail.next(), 1))).containsExactly("late");
    assertThat(messages(after(after(tail.next(), 1).next(), 10))).containsExactly("2");
  }

  @Test
  void pagesOfAnySizeGiveEveryLineOnce() {
    appended(run, "1", "2", "3");
    appended(run, "4");
    appended(run, "5", "6", "7", "8");
    for (int limit = 1; limit <= 9; limit++) {
      List<String> all = new ArrayList<>();
      JobLogPage page = after(JobLogCursor.START, limit);
      while (!page.lines().isEmpty()) {
        assertThat(page.lines().size()).isLessThanOrEqualTo(limit);
        all.addAll(messages(page));
        page = after(JobLogCursor.parse(page.next().text()), limit);
      }
      assertThat(all)
          .as("pages of %d", limit)
          .containsExactly("1", "2", "3", "4", "5", "6", "7", "8");
    }
  }

  @Test
  void aPageOfLongLinesIsFullBeforeAllLinesAreThere() {
    String longLine = "x".repeat(900_000);
    for (int i = 0; i < 5; i++) {
      appended(run, i + longLine);
    }

    List<String> all = new ArrayList<>();
    JobLogPage page = after(JobLogCursor.START, 1000);
    assertThat(page.lines()).hasSize(3);
    while (!page.lines().isEmpty()) {
      all.addAll(messages(page));
      page = after(page.next(), 1000);
    }
    assertThat(all).extracting(text -> text.charAt(0)).containsExactly('0', '1', '2', '3', '4');
    JobLogPage tail = ports.logs().tail(run.job(), 1000);
    assertThat(messages(tail)).extracting(text -> text.charAt(0)).containsExactly('2', '3', '4');
    assertThat(messages(after(tail.next(), 10))).isEmpty();
  }

  @Test
  void aJobWithoutLinesHasAPlaceToGoOnFrom() {
    JobLogPage none = after(JobLogCursor.START, 10);
    JobLogPage noTail = ports.logs().tail(run.job(), 10);
    assertThat(none.lines()).isEmpty();
    assertThat(noTail.lines()).isEmpty();

    appended(run, "1");

    assertThat(messages(after(none.next(), 10))).containsExactly("1");
    assertThat(messages(after(noTail.next(), 10))).containsExactly("1");
  }

  @Test
  void theLastLinesComeOldestFirstWithThePlaceAfterThem() {
    appended(run, "1", "2", "3");
    appended(run, "4", "5");

    JobLogPage two = ports.logs().tail(run.job(), 2);
    assertThat(messages(two)).containsExactly("4", "5");
    assertThat(messages(ports.logs().tail(run.job(), 3))).containsExactly("3", "4", "5");
    assertThat(messages(ports.logs().tail(run.job(), 99))).hasSize(5);

    appended(run, "6");
    assertThat(messages(after(two.next(), 10))).containsExactly("6");
  }

  @Test
  void aChunkThatIsSentTwiceIsStoredOnce() {
    JobLogChunk first = JobLogChunk.of(run, List.of(line("1")));
    JobLogChunk second = JobLogChunk.of(run, List.of(line("2")));
    ports.logs().append(List.of(first));

    ports.logs().append(List.of(first, second));

    assertThat(messages(after(JobLogCursor.START, 10))).containsExactly("1", "2");
    ports.logs().append(List.of());
  }

  @Test
  void linesOfOtherJobsStayApartAndThoseOfEveryRunAreKept() {
    Run other = aRun();
    Run again = new Run(run.job(), Claim.by(WorkerId.next()));
    appended(run, "1");
    appended(other, "x", "y");
    appended(again, "2");

    assertThat(messages(after(JobLogCursor.START, 10))).containsExactly("1", "2");
    assertThat(messages(ports.logs().tail(other.job(), 10))).containsExactly("x", "y");
  }

  @Test
  void whatFitsIsNotTrimmed() {
    appended(run, "1");
    assertThat(ports.logs().trim(100)).isZero();
    assertThat(messages(after(JobLogCursor.START, 10))).containsExactly("1");
  }
}
