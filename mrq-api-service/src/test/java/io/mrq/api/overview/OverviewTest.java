package io.mrq.api.overview;

import static io.mrq.test.builder.JobBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.ApiTestApplication;
import io.mrq.api.Stores;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import io.mrq.query.QueryTooSlowException;
import io.mrq.stats.JobCounts;
import io.mrq.stats.JobRate;
import io.mrq.stats.JobRates;
import io.mrq.stats.QueueCount;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code GET /api/v1/overview}. Each test has a service, and so an overview, of its own. */
class OverviewTest {
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  private static JsonNode overview(Consumer<Stores> before) {
    try (ApiTestApplication service = ApiTestApplication.start()) {
      Stores stores = service.context().getBean(Stores.class);
      stores.redis(true);
      before.accept(stores);
      return service.api().get("/api/v1/overview").is(200).json();
    }
  }

  @Test
  void nothingHappensYet() {
    JsonNode overview = overview(stores -> stores.stats().record(List.of(), Instant.now()));

    assertThat(overview.at("/series/points")).hasSize(180);
    assertThat(overview.at("/rates").toString())
        .isEqualTo("{\"enqueued\":0.0,\"succeeded\":0.0,\"failed\":0.0,\"retried\":0.0}");
    assertThat(overview.at("/backlog/queued").asInt()).isZero();
    assertThat(overview.at("/backlog/oldest").isNull()).isTrue();
    assertThat(overview.at("/backlog/drain_seconds").asInt()).isZero();
    assertThat(overview.at("/fleet").toString())
        .isEqualTo("{\"workers\":0,\"slots\":0,\"busy\":0,\"draining\":0,\"unsized\":0}");
    assertThat(overview.at("/top_failures")).isEmpty();
    assertThat(overview.at("/problems")).isEmpty();
  }

  // UI-01
  @Test
  void theSeriesIsOfTheLastHalfHourWithZerosForGaps() {
    Instant period = JobRates.periodOf(Instant.now());
    JsonNode overview =
        overview(stores ->
            stores
                .rates()
                .add(
                    List.of(
                        new JobRate(period.minusSeconds(100), "a", new JobCounts(1, 2, 3, 4)),
                        new JobRate(period.minusSeconds(100), "b", new JobCounts(1, 0, 0, 0)),
                        new JobRate(period.minusSeconds(3600), "a", new JobCounts(9, 9, 9, 9)))));

    List<String> told = new ArrayList<>();
    Instant last = Instant.MIN;
    for (JsonNode point : overview.at("/series/points")) {
      Instant at = Instant.parse(point.at("/at").asString());
      assertThat(last.equals(Instant.MIN) || Duration.between(last, at).toSeconds() == 10).isTrue();
      last = at;
      if (point.at("/enqueued").asInt() > 0) {
        told.add(point.toString());
      }
    }
    assertThat(told).hasSize(1);
    assertThat(told.getFirst())
        .contains(period.minusSeconds(100).toString().substring(0, 19))
        .endsWith("\"enqueued\":2,\"succeeded\":2,\"failed\":3,\"retried\":4}");
  }

  @Test
  void theBacklogIsThatOfTheSample() {
    JsonNode overview =
        overview(stores -> {
          stores
              .stats()
              .record(
                  List.of(
                      new QueueCount(
                          "a", Map.of(JobStatus.QUEUED, 600L, JobStatus.STARTED, 2L), NOW),
                      new QueueCount(
                          "b",
                          Map.of(JobStatus.QUEUED, 400L, JobStatus.RETRY, 5L),
                          NOW.minusSeconds(90))),
                  Instant.now());
          stores
              .rates()
              .add(
                  List.of(
                      new JobRate(
                          JobRates.periodOf(Instant.now()), "a", new JobCounts(0, 600, 0, 0))));
        });

    JsonNode backlog = overview.at("/backlog");
    assertThat(backlog.at("/queued").asInt()).isEqualTo(1000);
    assertThat(backlog.at("/started").asInt()).isEqualTo(2);
    assertThat(backlog.at("/retry").asInt()).isEqualTo(5);
    assertThat(backlog.at("/interrupt").asInt()).isZero();
    assertThat(Instant.parse(backlog.at("/oldest").asString())).isEqualTo(NOW.minusSeconds(90));
    assertThat(backlog.at("/sampled_at").isNull()).isFalse();
    // 600 in 50 to 60 seconds.
    assertThat(backlog.at("/drain_seconds").asInt()).isBetween(80, 101);
    assertThat(overview.at("/problems")).as("one of each kind").hasSize(1);
    assertThat(overview.at("/problems/0/count").asInt()).isEqualTo(2);
    assertThat(overview.at("/problems/0/kind").asString()).isEqualTo("no-worker");
  }

  /** The backlog of a system that nobody counts is not zero. */
  @Test
  void withoutASampleTheBacklogIsNotKnown() {
    JsonNode overview = overview(_ -> {});

    assertThat(overview.at("/backlog/queued").isNull()).isTrue();
    assertThat(overview.at("/backlog/started").isNull()).isTrue();
    assertThat(overview.at("/problems/0/kind").asString()).isEqualTo("no-scheduler");
  }

  @Test
  void aPythonWorkerIsCountedByWhatItRunsAndNotAtAllWhenItIsSilent() {
    JsonNode overview =
        overview(stores -> {
          python(stores, Instant.now());
          python(stores, Instant.now().minusSeconds(90));
        });

    assertThat(overview.at("/fleet").toString())
        .isEqualTo("{\"workers\":1,\"slots\":0,\"busy\":2,\"draining\":0,\"unsized\":1}");
    assertThat(overview.at("/problems").toString()).contains("worker-silent");
  }

  private static void python(Stores stores, Instant reported) {
    stores.reportPythonWorker(
        WorkerId.next(),
        Map.of(
            "status",
            "full",
            "config",
            Map.of("queues", List.of("default")),
            "jobs",
            List.of(Map.of("id", "a"), Map.of("id", "b")),
            "datereported",
            reported));
  }

  // RTE-16, UI-01
  @Test
  void theFleetIsOfTheLiving() {
    JsonNode overview =
        overview(stores -> {
          register(stores, 10, 0.5);
          register(stores, 20, 1);
          WorkerId lost = register(stores, 40, 1);
          stores.workers().markLost(lost, 0);
        });

    assertThat(overview.at("/fleet").toString())
        .isEqualTo("{\"workers\":2,\"slots\":30,\"busy\":25,\"draining\":0,\"unsized\":0}");
  }

  private static WorkerId register(Stores stores, int slots, double used) {
    WorkerId worker = WorkerId.next();
    stores
        .workers()
        .register(
            worker,
            Map.of(
                "name",
                "host",
                "config",
                Map.of("queues", List.of("default"), "greenlets", slots),
                "usage_avg",
                used,
                "datereported",
                Instant.now()));
    return worker;
  }

  @Test
  void theLargestFailuresAreTold() {
    JsonNode overview =
        overview(stores -> {
          for (int type = 1; type <= 7; type++) {
            for (int i = 0; i < type; i++) {
              stores.insert(
                  aJob()
                      .path("a.B")
                      .status(JobStatus.FAILED)
                      .exceptiontype("E" + type)
                      .fingerprint("f" + i)
                      .dateupdated(NOW.minusSeconds(i))
                      .build());
            }
          }
        });

    assertThat(overview.at("/failed_open/count").asInt()).as("of all groups").isEqualTo(28);
    assertThat(overview.at("/failed_open/groups").asInt()).isEqualTo(28);
    assertThat(overview.at("/failed_open/more").asBoolean()).isFalse();
    assertThat(Instant.parse(overview.at("/failed_open/newest").asString())).isEqualTo(NOW);
    assertThat(overview.at("/top_failures")).hasSize(5);
    JsonNode top = overview.at("/top_failures/0");
    assertThat(top.at("/exceptiontype").asString()).isEqualTo("E7");
    assertThat(top.at("/count").asInt()).as("whatever the place of the fault").isEqualTo(7);
    assertThat(Instant.parse(top.at("/last_seen").asString())).isEqualTo(NOW);
  }

  @Test
  void withoutTheGroupsOfFailuresTheRestIsShown() {
    try (ApiTestApplication service = ApiTestApplication.start()) {
      service
          .context()
          .getBean(Stores.class)
          .broken(
              new QueryTooSlowException("gave up", null),
              () -> {
                JsonNode overview = service.api().get("/api/v1/overview").is(200).json();
                assertThat(overview.at("/top_failures").isNull()).isTrue();
                assertThat(overview.at("/failed_open").isNull()).isTrue();
              });
    }
  }

  @Test
  void anUnknownParameterIsRefused() {
    try (ApiTestApplication service = ApiTestApplication.start()) {
      service
          .api()
          .get("/api/v1/overview?step=1")
          .isProblem(400, "invalid-parameter")
          .naming("step");
      service.api().get("/api/v1/events?a=1").isProblem(400, "invalid-parameter").naming("a");
    }
  }
}
