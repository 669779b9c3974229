package io.mrq.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pair of statuses against protocol §1, whose table is written down here once more. */
class JobTransitionTest {
  private static final String NOTHING = "–";

  /** From → to, in the words of the documents. */
  private static final Map<String, String> LEGAL =
      Map.ofEntries(
          Map.entry(NOTHING, "queued retry started"),
          Map.entry("queued", "started cancel failed"),
          Map.entry(
              "started",
              "success failed timeout abort retry maxretries maxconcurrency interrupt"
                  + " queued cancel"),
          Map.entry("retry", "queued cancel failed"),
          Map.entry("interrupt", "queued cancel failed"),
          Map.entry("success", "queued"),
          Map.entry("failed", "queued"),
          Map.entry("timeout", "queued"),
          Map.entry("abort", "queued"),
          Map.entry("maxretries", "queued"),
          Map.entry("maxconcurrency", "queued"),
          Map.entry("cancel", "queued"));

  static Stream<Arguments> everyPair() {
    List<Arguments> pairs = new ArrayList<>();
    List<@Nullable JobStatus> froms = new ArrayList<>(Arrays.asList(JobStatus.values()));
    froms.add(null);
    for (JobStatus from : froms) {
      for (JobStatus to : JobStatus.values()) {
        pairs.add(Arguments.of(from, to));
      }
    }
    return pairs.stream();
  }

  // JOB-04, ABT-03
  @ParameterizedTest
  @MethodSource("everyPair")
  void exactlyThePairsOfTheProtocolAreLegal(@Nullable JobStatus from, JobStatus to) {
    String row = LEGAL.get(from == null ? NOTHING : from.text());
    assertThat(row).isNotNull();

    assertThat(JobTransition.allows(from, to))
        .isEqualTo(Arrays.asList(row.split(" ")).contains(to.text()));
  }

  // JOB-04
  @ParameterizedTest
  @EnumSource
  void everyRowMovesOnlyAsTheTableAllows(JobTransition row) {
    assertThat(row.cause()).isNotBlank();
    if (row.from().isEmpty()) {
      assertThat(JobTransition.allows(null, row.to())).isTrue();
    }
    assertThat(row.from())
        .allSatisfy(from -> assertThat(JobTransition.allows(from, row.to())).isTrue());
  }

  @Test
  void onlyAnOutcomeOrARevocationLeavesStarted() {
    Set<JobTransition> leaving = EnumSet.noneOf(JobTransition.class);
    for (JobTransition row : JobTransition.values()) {
      if (row.from().contains(JobStatus.STARTED)) {
        leaving.add(row);
        assertThat(row.from()).as("%s names started alone", row).hasSize(1);
      }
    }
    assertThat(leaving)
        .contains(JobTransition.SUCCEED, JobTransition.RESCUE, JobTransition.CANCEL_RUNNING)
        .doesNotContain(JobTransition.CANCEL, JobTransition.REQUEUE, JobTransition.DUE);
  }

  @Test
  void whatARowAnswersCanBeChangedWithoutHarm() {
    JobTransition.CANCEL.from().addAll(JobStatus.finals());
    JobTransition.ENQUEUE.from().add(JobStatus.SUCCESS);

    assertThat(JobTransition.CANCEL.from())
        .containsExactlyInAnyOrder(JobStatus.QUEUED, JobStatus.RETRY, JobStatus.INTERRUPT);
    assertThat(JobTransition.ENQUEUE.from()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void everyStatusCanBeReachedAndLeft(JobStatus status) {
    assertThat(Arrays.stream(JobTransition.values()).anyMatch(row -> row.to() == status)).isTrue();
    assertThat(Arrays.stream(JobTransition.values()).anyMatch(row -> row.from().contains(status)))
        .isTrue();
  }
}
