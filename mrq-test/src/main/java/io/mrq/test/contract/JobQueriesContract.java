package io.mrq.test.contract;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.Claim;
import io.mrq.job.Failure;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.job.WorkerId;
import io.mrq.store.JobFilter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code JobQueries} answer. */
public abstract class JobQueriesContract extends StoreContract {

  @ParameterizedTest
  @EnumSource
  void aJobIsFoundInAnyStatus(JobStatus status) {
    JobId id = jobIn(status);

    assertThat(job(id).id()).isEqualTo(id);
    assertThat(job(id).status()).isEqualTo(status);
    assertThat(ports.queries().find(JobId.next())).isEmpty();
  }

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
    return ports.queries().list(new JobFilter(wanted, null, null, null, null), null, 100).stream()
        .map(Job::status)
        .toList();
  }

  @Test
  void eachConditionFiltersByEquality() {
    NewJob mail = stored(aNewJob().path("mails.Send").queue("mails"));
    NewJob mailElsewhere = stored(aNewJob().path("mails.Send").queue("mails/slow"));
    NewJob other = stored(aNewJob().path("mails.SendAll").queue("mails"));
    Claim claim = claimed(mail);
    Claim otherClaim = claimed(other);
    end(mail.id(), claim, new JobOutcome.Failed(Failure.of("IOError", "gone")), NOW);

    assertThat(list(new JobFilter(Set.of(), "mails", null, null, null), null, 10))
        .containsExactlyInAnyOrder(mail.id(), other.id());
    assertThat(list(new JobFilter(Set.of(), null, "mails.Send", null, null), null, 10))
        .containsExactlyInAnyOrder(mail.id(), mailElsewhere.id());
    assertThat(list(new JobFilter(Set.of(), null, null, otherClaim.worker(), null), null, 10))
        .containsExactly(other.id());
    assertThat(list(new JobFilter(Set.of(), null, null, null, "IOError"), null, 10))
        .containsExactly(mail.id());
    assertThat(list(new JobFilter(Set.of(), null, null, WorkerId.next(), null), null, 10))
        .isEmpty();
  }

  @Test
  void allConditionsHoldTogether() {
    NewJob match = stored(aNewJob().path("p").queue("q"));
    NewJob succeeded = stored(aNewJob().path("p").queue("q"));
    Claim claim = claimed(match, succeeded);
    end(match.id(), claim, new JobOutcome.Failed(Failure.of("E", "e")), NOW);
    end(succeeded.id(), claim, new JobOutcome.Succeeded(1), NOW);
    JobFilter filter =
        new JobFilter(Set.of(JobStatus.FAILED, JobStatus.SUCCESS), "q", "p", claim.worker(), "E");

    assertThat(list(filter, null, 10)).containsExactly(match.id());
    assertThat(list(filter, match.id(), 10)).isEmpty();
  }

  private List<JobId> list(JobFilter filter, @Nullable JobId after, int limit) {
    return ports.queries().list(filter, after, limit).stream().map(Job::id).toList();
  }
}
