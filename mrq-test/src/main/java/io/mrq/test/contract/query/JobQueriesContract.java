package io.mrq.test.contract.query;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.Claim;
import io.mrq.job.Failure;
import io.mrq.job.Fingerprint;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.job.WorkerId;
import io.mrq.query.JobFilter;
import io.mrq.query.JobPage;
import io.mrq.query.JobSummary;
import io.mrq.test.contract.StoreContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code JobQueries} answer. */
public abstract class JobQueriesContract extends StoreContract {

  // JOB-14
  @ParameterizedTest
  @EnumSource
  void aJobIsFoundInAnyStatus(JobStatus status) {
    JobId id = jobIn(status);

    assertThat(job(id).id()).isEqualTo(id);
    assertThat(job(id).status()).isEqualTo(status);
    assertThat(ports.queries().find(JobId.next())).isEmpty();
  }

  @Test
  void jobsAreFoundByTheirIdsTogether() {
    List<JobId> ids = Stream.of(JobStatus.values()).map(this::jobIn).toList();
    List<JobId> asked = new ArrayList<>(ids);
    asked.add(JobId.next());

    assertThat(ports.queries().find(asked))
        .containsExactlyInAnyOrderElementsOf(ids.stream().map(this::job).toList());
    assertThat(ports.queries().find(List.of())).isEmpty();
  }

  // QUE-23, BUG-13
  @Test
  void jobsAreListedNewestFirstInPages() {
    List<JobId> newestFirst =
        ids(stored(7, "listed")).stream().sorted(Comparator.<JobId>reverseOrder()).toList();

    List<JobId> walked = new ArrayList<>();
    List<JobId> page = list(JobFilter.ALL, null, 3);
    while (!page.isEmpty()) {
      assertThat(page).hasSizeLessThanOrEqualTo(3);
      walked.addAll(page);
      page = list(JobFilter.ALL, page.getLast(), 3);
    }

    assertThat(walked).isEqualTo(newestFirst);
    assertThat(list(JobFilter.ALL, null, 100)).isEqualTo(newestFirst);
  }

  @Test
  void aPageEndsBeforeItIsTooLargeAndSaysThatMoreFollow() {
    String large = "x".repeat(10_000);
    List<JobId> newestFirst =
        Stream.generate(() -> stored(aNewJob().param("text", large)).id())
            .limit(5)
            .toList()
            .reversed();

    JobPage<Job> first = ports.queries().page(JobFilter.ALL, null, 5, 25_000);
    assertThat(first.jobs()).extracting(Job::id).isEqualTo(newestFirst.subList(0, 2));
    assertThat(first.more()).isTrue();
    JobPage<Job> last = ports.queries().page(JobFilter.ALL, newestFirst.get(2), 5, 25_000);
    assertThat(last.jobs()).extracting(Job::id).isEqualTo(newestFirst.subList(3, 5));
    assertThat(last.more()).isFalse();
    // A job that is too large for any page has one of its own.
    JobPage<Job> alone = ports.queries().page(JobFilter.ALL, null, 5, 10);
    assertThat(alone.jobs()).extracting(Job::id).containsExactly(newestFirst.getFirst());
    assertThat(alone.more()).isTrue();
    assertThat(ports.queries().page(JobFilter.ALL, null, 5, Long.MAX_VALUE).more()).isFalse();
    assertThat(ports.queries().page(JobFilter.ALL, null, 4, Long.MAX_VALUE).more()).isTrue();
  }

  @Test
  void aSummaryHasShortValuesAndSaysSo() {
    stored(aNewJob().param("id", 7));
    stored(
        aNewJob().param("text", "x".repeat(10_000)).param("list", Collections.nCopies(5_000, 1)));

    List<JobSummary> newestFirst = ports.queries().summaries(JobFilter.ALL, null, 10).jobs();

    JobSummary large = newestFirst.get(0);
    assertThat(large.cut()).isTrue();
    assertThat(large.job().params().toString()).hasSizeLessThan(1500);
    JobSummary small = newestFirst.get(1);
    assertThat(small.cut()).isFalse();
    assertThat(small.job().params()).isEqualTo(Map.of("id", 7));
  }

  @Test
  void aFilterOfStatusesPassesAnyOfThem() {
    for (JobStatus status : JobStatus.values()) {
      jobIn(status);
    }

    for (JobStatus status : JobStatus.values()) {
      assertThat(statuses(Set.of(status))).containsExactly(status);
    }
    assertThat(statuses(JobStatus.finals()))
        .containsExactlyInAnyOrderElementsOf(JobStatus.finals());
    assertThat(statuses(EnumSet.noneOf(JobStatus.class)))
        .containsExactlyInAnyOrder(JobStatus.values());
  }

  private List<JobStatus> statuses(Set<JobStatus> wanted) {
    return ports.queries().list(JobFilter.ALL.statuses(wanted), null, 100).stream()
        .map(Job::status)
        .toList();
  }

  // CAN-04, BUG-13
  @Test
  void eachConditionFiltersByEquality() {
    NewJob mail = stored(aNewJob().path("mails.Send").queue("mails"));
    NewJob mailElsewhere = stored(aNewJob().path("mails.Send").queue("mails/slow"));
    NewJob other = stored(aNewJob().path("mails.SendAll").queue("mails"));
    Claim claim = claimed(mail);
    Claim otherClaim = claimed(other);
    end(mail.id(), claim, new JobOutcome.Failed(Failure.of("IOError", "gone")), NOW);

    assertThat(list(JobFilter.ALL.queue("mails"), null, 10))
        .containsExactlyInAnyOrder(mail.id(), other.id());
    assertThat(list(JobFilter.ALL.path("mails.Send"), null, 10))
        .containsExactlyInAnyOrder(mail.id(), mailElsewhere.id());
    assertThat(list(JobFilter.ALL.worker(otherClaim.worker()), null, 10))
        .containsExactly(other.id());
    assertThat(list(JobFilter.ALL.exceptiontype("IOError"), null, 10)).containsExactly(mail.id());
    assertThat(list(JobFilter.ALL.worker(WorkerId.next()), null, 10)).isEmpty();
  }

  @Test
  void allConditionsHoldTogether() {
    NewJob match = stored(aNewJob().path("p").queue("q"));
    NewJob succeeded = stored(aNewJob().path("p").queue("q"));
    Claim claim = claimed(match, succeeded);
    end(match.id(), claim, new JobOutcome.Failed(Failure.of("E", "e")), NOW);
    end(succeeded.id(), claim, new JobOutcome.Succeeded(1), NOW);
    JobFilter filter =
        JobFilter.ALL
            .statuses(Set.of(JobStatus.FAILED, JobStatus.SUCCESS))
            .queue("q")
            .path("p")
            .worker(claim.worker())
            .exceptiontype("E");

    assertThat(list(filter, null, 10)).containsExactly(match.id());
    assertThat(list(filter, match.id(), 10)).isEmpty();
  }

  @Test
  void jobsAreFoundByTheirFingerprint() {
    NewJob one = stored(aNewJob().path("p"));
    NewJob other = stored(aNewJob().path("p"));
    NewJob alone = stored(aNewJob().path("p"));
    Claim claim = claimed(one, other, alone);
    Failure boom = Failure.of(new IllegalStateException("boom"));
    end(one.id(), claim, new JobOutcome.Failed(boom), NOW);
    end(other.id(), claim, new JobOutcome.Failed(boom), NOW);
    end(alone.id(), claim, new JobOutcome.Failed(FAILURE), NOW);

    assertThat(list(JobFilter.ALL.fingerprint(Fingerprint.of("p", boom)), null, 10))
        .containsExactlyInAnyOrder(one.id(), other.id());
    assertThat(list(JobFilter.ALL.fingerprint("ValueError"), null, 10)).containsExactly(alone.id());
    assertThat(list(JobFilter.ALL.fingerprint("p"), null, 10)).isEmpty();
  }

  @Test
  void jobsAreFoundByTheirParent() {
    NewJob parent = stored(aNewJob());
    NewJob child = stored(aNewJob().parent(parent.id()));

    assertThat(list(JobFilter.ALL.parent(parent.id()), null, 10)).containsExactly(child.id());
    assertThat(list(JobFilter.ALL.parent(child.id()), null, 10)).isEmpty();
  }

  /** The date at which a job was enqueued is the whole second in its id. */
  @Test
  void jobsAreFoundByTheDateOfTheirId() {
    List<JobId> byDate = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      byDate.add(stored(aNewJob().id(madeAt(NOW.plusSeconds(i)))).id());
    }

    assertThat(list(JobFilter.ALL.since(NOW.plusSeconds(2)), null, 10))
        .containsExactly(byDate.get(3), byDate.get(2));
    assertThat(list(JobFilter.ALL.since(NOW.plusMillis(1500)), null, 10))
        .containsExactly(byDate.get(3), byDate.get(2));
    assertThat(list(JobFilter.ALL.until(NOW.plusSeconds(2)), null, 10))
        .containsExactly(byDate.get(1), byDate.get(0));
    JobFilter between = JobFilter.ALL.since(NOW.plusSeconds(1)).until(NOW.plusSeconds(3));
    assertThat(list(between, null, 10)).containsExactly(byDate.get(2), byDate.get(1));
    assertThat(list(between, byDate.get(2), 10)).containsExactly(byDate.get(1));
    assertThat(list(between, byDate.get(3), 10)).containsExactly(byDate.get(2), byDate.get(1));
  }

  private static JobId madeAt(Instant moment) {
    return new JobId(JobId.least(moment).hex().substring(0, 8) + JobId.next().hex().substring(8));
  }

  private List<JobId> list(JobFilter filter, @Nullable JobId after, int limit) {
    return ports.queries().list(filter, after, limit).stream().map(Job::id).toList();
  }
}
