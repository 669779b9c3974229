package io.mrq.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.dispatch.WakeUp;
import io.mrq.job.InvalidJobException;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOrder;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.job.TraceContext;
import io.mrq.job.WorkerId;
import io.mrq.store.StoreUnavailableException;
import io.mrq.test.MutableClock;
import io.mrq.test.builder.JobAssert;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Enqueues over ports in memory. */
class JobClientTest {
  private static final Instant NOW = MutableClock.START;

  private final ClientFixture fixture = new ClientFixture();
  private final JobClient client = fixture.client;

  // one job

  // ENQ-06
  @Test
  void anEnqueuedJobIsStoredOfferedAndWakesAWorker() throws InterruptedException {
    WorkerId worker = WorkerId.next();
    fixture.index.idle(worker, List.of("default"));

    Enqueued enqueued = client.enqueue(JobRequest.of("tests.Add").param("a", 1));

    assertThat(enqueued).isEqualTo(new Enqueued(enqueued.id(), JobStatus.QUEUED, true));
    Job job = fixture.job(enqueued.id());
    JobAssert.assertThat(job)
        .is(JobStatus.QUEUED)
        .isIn("default")
        .hasOrder(JobOrder.of(NOW, 0))
        .neverExpires();
    assertThat(job.path()).isEqualTo("tests.Add");
    assertThat(job.params()).isEqualTo(Map.of("a", 1));
    assertThat(job.datequeued()).isEqualTo(NOW);
    assertThat(fixture.index.await(worker, Duration.ZERO)).map(WakeUp::queue).contains("default");
    assertThat(fixture.index.take("default", 5)).containsExactly(job.id());
    assertThat(fixture.enqueued).containsExactly(job.id());
  }

  @Test
  void everyFieldOfARequestIsStored() {
    Enqueued enqueued =
        client.enqueue(
            JobRequest.of("tests.Add")
                .queue("slow")
                .priority(-1000)
                .timeout(Duration.ZERO)
                .maxRetries(0)
                .ttl(Duration.ofMinutes(3)));

    Job job = fixture.job(enqueued.id());
    JobAssert.assertThat(job).isIn("slow").hasOrder(JobOrder.of(NOW, -1000));
    assertThat(job.priority()).isEqualTo(-1000);
    assertThat(job.timeout()).isZero();
    assertThat(job.maxRetries()).isZero();
    assertThat(job.ttl()).isEqualTo(Duration.ofMinutes(3));
  }

  @Test
  void numbersOfEveryTypeAreTakenAsResultsKeepThem() {
    Enqueued enqueued =
        client.enqueue(
            JobRequest.of("tests.Add")
                .param("price", new BigDecimal("9.90"))
                .param("parts", List.of(0.1f, (short) 3)));

    assertThat(fixture.job(enqueued.id()).params())
        .isEqualTo(Map.of("price", "9.90", "parts", List.of(0.1, 3)));
  }

  @Test
  void jobsCarryTheContextOfTheirSending() {
    TraceContext trace =
        TraceContext.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "v=1");
    List<String> told = new ArrayList<>();
    SendTracing tracing =
        jobs -> {
          told.add("begin " + jobs.size());
          return new SendTracing.Sending() {
            @Override
            public TraceContext context() {
              return trace;
            }

            @Override
            public void failed(Throwable why) {
              told.add("failed " + why.getMessage());
            }

            @Override
            public void close() {
              told.add("close");
            }
          };
        };
    JobClient traced =
        new JobClient(
            fixture.ports,
            fixture.tasks,
            new JobClient.Observers(EnqueueEvents.NONE, tracing),
            fixture.clock,
            Runnable::run);

    JobId one = traced.enqueue(JobRequest.of("tests.Add")).id();
    List<JobId> two =
        traced.enqueueAll(List.of(JobRequest.of("tests.Add"), JobRequest.of("tests.Add")));
    fixture.scripted.beforeInsert(_ -> {
      throw new StoreUnavailableException("away", null);
    });
    assertThatThrownBy(() -> traced.enqueue(JobRequest.of("tests.Add")))
        .isInstanceOf(StoreUnavailableException.class);

    assertThat(fixture.job(one).trace()).isEqualTo(trace);
    assertThat(fixture.job(two.getLast()).trace()).isEqualTo(trace);
    assertThat(told)
        .containsExactly("begin 1", "close", "begin 2", "close", "begin 1", "failed away", "close");
  }

  @Test
  void anEnqueueIsStoredAndOfferedWhateverItsWatchersThrow() {
    EnqueueEvents events =
        new EnqueueEvents() {
          @Override
          public void enqueued(NewJob job) {
            throw new IllegalStateException("a listener");
          }

          @Override
          public void deduplicated(NewJob job) {
            throw new IllegalStateException("a listener");
          }
        };
    SendTracing tracing =
        _ -> {
          throw new IllegalStateException("a tracer");
        };
    JobClient watched =
        new JobClient(
            fixture.ports,
            fixture.tasks,
            new JobClient.Observers(events, tracing),
            fixture.clock,
            Runnable::run);

    JobId id = watched.enqueue(JobRequest.of("tests.Add")).id();

    assertThat(fixture.job(id).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(fixture.index.take("default", 5)).containsExactly(id);
  }

  @Test
  void onlyJobsOfSlotsAreToldAsThoseOfSchedules() {
    JobId line = JobId.next();
    JobId slot = JobId.next();

    client.enqueueUnder(Map.of(line, JobRequest.of("tests.Add")), NOW);
    client.enqueueSlots(Map.of(slot, JobRequest.of("tests.Add")), NOW);

    assertThat(fixture.enqueued).containsExactly(line);
    assertThat(fixture.scheduled).containsExactly(slot);
    assertThat(fixture.index.take("default", 5)).containsExactlyInAnyOrder(line, slot);
  }

  // ENQ-03
  @Test
  void aJobWithoutQueueGoesToThatOfItsTask() {
    Enqueued own = client.enqueue(JobRequest.of("mails.Send"));
    Enqueued other = client.enqueue(JobRequest.of("mails.Send").queue("urgent"));

    JobAssert.assertThat(fixture.job(own.id())).isIn("mails");
    JobAssert.assertThat(fixture.job(other.id())).isIn("urgent");
  }

  @Test
  void aDelayedJobWaitsWithoutAnOffer() {
    Duration fiveMinutes = Duration.ofMinutes(5);
    List<Enqueued> delayed =
        List.of(
            client.enqueue(JobRequest.of("tests.Add").delay(fiveMinutes)),
            client.enqueue(JobRequest.of("tests.Add").runAt(NOW.plus(fiveMinutes))));

    for (Enqueued one : delayed) {
      assertThat(one.status()).isEqualTo(JobStatus.RETRY);
      Job job = fixture.job(one.id());
      JobAssert.assertThat(job).is(JobStatus.RETRY).hasOrder(JobOrder.of(NOW.plus(fiveMinutes), 0));
      assertThat(job.dateretry()).isEqualTo(NOW.plus(fiveMinutes));
      assertThat(job.datequeued()).isEqualTo(NOW);
    }
    assertThat(fixture.index.take("default", 5)).isEmpty();
    assertThat(fixture.enqueued).hasSize(2);
  }

  static Stream<JobRequest> atOnce() {
    JobRequest request = JobRequest.of("tests.Add");
    return Stream.of(
        request.delay(Duration.ZERO),
        request.delay(Duration.ofNanos(1)),
        request.runAt(NOW),
        request.runAt(NOW.plusNanos(1)),
        request.runAt(Instant.EPOCH));
  }

  @ParameterizedTest
  @MethodSource("atOnce")
  void whatIsDueNowIsQueuedAtOnce(JobRequest request) {
    Enqueued enqueued = client.enqueue(request);

    JobAssert.assertThat(fixture.job(enqueued.id())).is(JobStatus.QUEUED);
    assertThat(fixture.index.take("default", 5)).containsExactly(enqueued.id());
  }

  @Test
  void datesAreKeptInWholeMilliseconds() {
    fixture.clock.advance(Duration.ofNanos(1_500_000));
    Enqueued queued = client.enqueue(JobRequest.of("tests.Add"));
    Enqueued delayed =
        client.enqueue(JobRequest.of("tests.Add").delay(Duration.ofNanos(2_700_000)));

    assertThat(fixture.job(queued.id()).datequeued()).isEqualTo(NOW.plusMillis(1));
    assertThat(fixture.job(delayed.id()).dateretry()).isEqualTo(NOW.plusMillis(3));
  }

  // bad fields

  static Stream<Arguments> badRequests() {
    JobRequest good = JobRequest.of("tests.Add");
    Duration negative = Duration.ofSeconds(-1);
    Duration tooLong = Duration.ofDays(3651);
    return Stream.of(
        Arguments.of(JobRequest.of(""), "path"),
        Arguments.of(JobRequest.of(" "), "path"),
        Arguments.of(JobRequest.of("with blank"), "path"),
        Arguments.of(JobRequest.of("line\nbreak"), "path"),
        Arguments.of(JobRequest.of("p".repeat(201)), "path"),
        Arguments.of(good.queue(""), "queue"),
        Arguments.of(good.queue("no blanks"), "queue"),
        Arguments.of(good.queue("urls_raw"), "queue"),
        Arguments.of(good.priority(1001), "priority"),
        Arguments.of(good.priority(-1001), "priority"),
        Arguments.of(good.priority(Integer.MIN_VALUE), "priority"),
        Arguments.of(good.delay(negative), "delay"),
        Arguments.of(good.delay(tooLong), "delay"),
        Arguments.of(good.delay(Duration.ofSeconds(1)).runAt(NOW), "delay"),
        Arguments.of(good.runAt(NOW.plus(tooLong)), "run_at"),
        Arguments.of(good.runAt(Instant.MAX), "run_at"),
        Arguments.of(good.timeout(negative), "timeout"),
        Arguments.of(good.timeout(tooLong), "timeout"),
        Arguments.of(good.maxRetries(-1), "max_retries"),
        Arguments.of(good.ttl(Duration.ZERO), "ttl"),
        Arguments.of(good.ttl(negative), "ttl"),
        Arguments.of(good.param("a.b", 1), "params"),
        Arguments.of(good.param("a", Map.of("$in", 1)), "params.a"),
        Arguments.of(good.param("a", new Object()), "params.a"),
        Arguments.of(good.param("a", "x".repeat(1024 * 1024)), "params"));
  }

  @ParameterizedTest
  @MethodSource("badRequests")
  void aBadFieldIsNamedAndNothingIsStored(JobRequest request, String field) {
    assertThatThrownBy(() -> client.enqueue(request))
        .isInstanceOfSatisfying(
            InvalidJobException.class, e -> assertThat(e.field()).isEqualTo(field))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500));

    assertThat(fixture.scripted.inserts()).isEmpty();
    assertThat(fixture.enqueued).isEmpty();
  }

  @Test
  void paramsOfTheLargestSizeAreTaken() {
    // A map of one text: 5 bytes, 1 type, 2 name, 5 for the text around its characters.
    String text = "x".repeat(1024 * 1024 - 13);

    assertThat(client.enqueue(JobRequest.of("tests.Add").param("a", text)).created()).isTrue();
    assertThatThrownBy(() -> client.enqueue(JobRequest.of("tests.Add").param("a", text + "x")))
        .isInstanceOf(InvalidJobException.class);
  }

  // stores that are away

  @Test
  void whileTheIndexIsAwayJobsAreStillAccepted() {
    fixture.index.setAvailable(false);

    Enqueued one = client.enqueue(JobRequest.of("tests.Add"));
    List<JobId> two = client.enqueueAll(requests(2));

    assertThat(fixture.isStored(one.id())).isTrue();
    assertThat(two).allMatch(fixture::isStored);
    fixture.index.setAvailable(true);
    assertThat(fixture.index.take("default", 5)).isEmpty();
    assertThat(fixture.enqueued).hasSize(3);
  }

  @Test
  void whileTheStoreIsAwayTheCallerIsTold() {
    fixture.store.setAvailable(false);

    assertThatThrownBy(() -> client.enqueue(JobRequest.of("tests.Add")))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> client.enqueueAll(requests(2)))
        .isInstanceOf(StoreUnavailableException.class);

    fixture.store.setAvailable(true);
    assertThat(fixture.store.recovery().count()).isEmpty();
    assertThat(fixture.index.take("default", 5)).isEmpty();
    assertThat(fixture.enqueued).isEmpty();
  }

  // many jobs

  // ENQ-01
  @Test
  void manyJobsAnswerWithTheirIdsInOrder() {
    List<JobId> ids = client.enqueueAll(requests(7));

    assertThat(ids).hasSize(7);
    for (int i = 0; i < ids.size(); i++) {
      assertThat(fixture.job(ids.get(i)).params()).isEqualTo(Map.of("i", i));
    }
    assertThat(fixture.index.take("default", 10)).isEqualTo(ids);
    assertThat(fixture.enqueued).isEqualTo(ids);
    assertThat(fixture.scripted.inserts()).containsExactly(7);
  }

  // ENQ-02
  @Test
  void noJobsAreNoWork() {
    assertThat(client.enqueueAll(List.of())).isEmpty();

    assertThat(fixture.scripted.inserts()).isEmpty();
  }

  // ENQ-04
  @Test
  void moreThanAThousandJobsAreStoredInPieces() {
    List<JobId> ids = client.enqueueAll(requests(2500));

    assertThat(fixture.scripted.inserts()).containsExactly(1000, 1000, 500);
    assertThat(ids).hasSize(2500).doesNotHaveDuplicates();
    assertThat(fixture.index.missing("default", ids).absent()).isEmpty();
  }

  @Test
  void theFirstBadElementIsNamedAndNothingIsStored() {
    List<JobRequest> requests = new ArrayList<>(requests(5));
    requests.set(3, JobRequest.of("tests.Add").priority(9999));
    requests.set(4, JobRequest.of(""));

    assertThatThrownBy(() -> client.enqueueAll(requests))
        .isInstanceOfSatisfying(
            InvalidBatchException.class,
            e -> {
              assertThat(e.index()).isEqualTo(3);
              assertThat(e.reason().field()).isEqualTo("priority");
              assertThat(e).hasMessageContaining("job 3").hasMessageContaining("priority");
            });
    assertThatThrownBy(() -> client.check(requests)).isInstanceOf(InvalidBatchException.class);
    client.check(requests(5));

    assertThat(fixture.scripted.inserts()).isEmpty();
  }

  @Test
  void aBatchWhoseInsertFailsHalfWayLeavesNothing() {
    fixture.scripted.beforeInsert(jobs -> failHalfWay(jobs.stream().toList()));

    assertThatThrownBy(() -> client.enqueueAll(requests(10)))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessage("half way");

    assertThat(fixture.store.recovery().count()).isEmpty();
    assertThat(fixture.enqueued).isEmpty();
    assertThat(fixture.index.take("default", 10)).isEmpty();
  }

  @Test
  void whenNotEvenTheWithdrawalIsAnsweredTheFirstFailureIsTold() {
    fixture.scripted.beforeInsert(jobs -> failHalfWay(jobs.stream().toList()));
    fixture.scripted.beforeWithdraw(() -> {
      throw new StoreUnavailableException("gone for good", null);
    });

    assertThatThrownBy(() -> client.enqueueAll(requests(10)))
        .hasMessage("half way")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
  }

  @Test
  void whenALaterPieceFailsTheCallerLearnsWhatIsStored() {
    fixture.scripted.beforeInsert(jobs -> {
      if (fixture.scripted.inserts().size() == 3) {
        failHalfWay(jobs.stream().toList());
      }
    });

    assertThatThrownBy(() -> client.enqueueAll(requests(2500)))
        .isInstanceOfSatisfying(
            PartlyEnqueuedException.class,
            e -> {
              assertThat(e.stored()).hasSize(2000).allMatch(fixture::isStored);
              assertThat(fixture.enqueued).isEqualTo(e.stored());
              assertThat(e)
                  .hasMessageContaining("of 2500 jobs the first 2000 are stored")
                  .hasMessageContaining("half way");
            });
    assertThat(fixture.store.recovery().count()).hasSize(1);
  }

  private void failHalfWay(List<NewJob> jobs) {
    fixture.scripted.real().insert(jobs.subList(0, jobs.size() / 2));
    throw new StoreUnavailableException("half way", null);
  }

  private static List<JobRequest> requests(int count) {
    List<JobRequest> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      requests.add(JobRequest.of("tests.Add").param("i", i));
    }
    return requests;
  }
}
