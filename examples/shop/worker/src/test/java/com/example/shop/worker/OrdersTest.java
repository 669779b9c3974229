package com.example.shop.worker;

import static io.mrq.testing.MrqAssertions.JOB;
import static io.mrq.testing.MrqAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import io.mrq.client.JobActions;
import io.mrq.client.JobRequest;
import io.mrq.job.Job;
import io.mrq.job.JobStatus;
import io.mrq.task.InvalidParamsException;
import io.mrq.testing.MrqTest;
import io.mrq.testing.MrqTester;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

@MrqTest(startsAt = "2026-03-27T12:00:00Z")
class OrdersTest {
  @Autowired MrqTester mrq;
  @Autowired JobActions actions;
  @MockitoBean Warehouse warehouse;

  @Test
  void anOrderIsReservedAndTheCustomerIsAskedTwoWeeksLater() throws IOException {
    when(warehouse.reserve(any(), eq(List.of("tea")))).thenReturn("r-1");

    Job confirmed = mrq.run(order("tea"));

    assertThat(confirmed).succeeded().hasResult("r-1");
    assertThat(mrq.log(confirmed.id())).containsExactly("order o-17 has reservation r-1");
    mrq.advance(Duration.ofDays(14));
    assertThat(mrq.jobs("orders.ask-opinion"))
        .singleElement(JOB)
        .hasParent(confirmed.id())
        .succeeded();
  }

  @Test
  void aJobThatRunsTwiceAsksOnce() throws IOException {
    when(warehouse.reserve(any(), any())).thenReturn("r-1");
    Job confirmed = mrq.run(order("tea"));

    actions.requeue(confirmed.id(), null, false);
    mrq.runUntilIdle();

    assertThat(mrq.job(confirmed.id())).succeeded().hasAttempts(2);
    assertThat(mrq.jobs("orders.ask-opinion")).hasSize(1);
  }

  @Test
  void aWarehouseThatIsAwayIsTriedAgainUnderTheSameKey() throws IOException {
    when(warehouse.reserve(any(), any())).thenThrow(new IOException("away")).thenReturn("r-1");

    Job job = mrq.run(order("tea"));
    assertThat(job).waitsUntil(mrq.clock().instant().plusSeconds(10));
    mrq.advance(Duration.ofSeconds(10));

    assertThat(mrq.job(job.id())).succeeded().hasAttempts(2);
    verify(warehouse, times(2)).reserve(job.id().hex(), List.of("tea"));
  }

  @Test
  void aWarehouseThatStaysAwayUsesUpTheRetries() throws IOException {
    when(warehouse.reserve(any(), any())).thenThrow(new IOException("away"));

    Job job = mrq.run(order("tea"));
    mrq.runUntilFinished();

    assertThat(mrq.job(job.id())).hasStatus(JobStatus.MAXRETRIES).hasRetries(10);
  }

  @Test
  void anOrderHasItems() {
    assertThat(mrq.run(order())).failedWith(InvalidParamsException.class);
  }

  /** From Friday to Monday; the clocks change on Sunday, when nobody counts. */
  @Test
  void stockIsCountedEachNightButOnSunday() throws IOException {
    List<Job> ran = mrq.advance(Duration.ofDays(3));

    assertThat(ran).extracting(Job::path).containsOnly("orders.count-stock");
    verify(warehouse).count(LocalDate.parse("2026-03-28"));
    verify(warehouse).count(LocalDate.parse("2026-03-30"));
    verifyNoMoreInteractions(warehouse);
  }

  private static JobRequest order(String... items) {
    return JobRequest.of("orders.confirm")
        .param("number", "o-17")
        .param("customer", "ann@example.org")
        .param("items", List.of(items));
  }
}
