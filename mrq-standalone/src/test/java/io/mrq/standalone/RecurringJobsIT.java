package io.mrq.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Five schedulers, each a process, of which one after the other is killed: each slot becomes one
 * job. {@code -Dmrq.test.slots=1000} makes it long.
 */
class RecurringJobsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int SLOTS = Integer.getInteger("mrq.test.slots", 300);
  private static final int SCHEDULES = 10;
  private static final int SCHEDULERS = 5;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Random random = new Random();
  private final List<ServiceProcess> schedulers = new ArrayList<>();

  // SCH-14, SEED-41, BUG-16
  @Test
  void eachSlotIsOneJobWhateverSchedulersDie(@TempDir Path folder) {
    try (Stores stores = Stores.embedded(folder.resolve("data"));
        ServiceProcess api = ServiceProcess.start("mrq-api-service", folder, stores.options())) {
      try {
        for (int i = 0; i < SCHEDULERS; i++) {
          schedulers.add(scheduler(folder, stores));
        }
        api.awaitReady();
        // A schedule has no slots before its definition, so all are defined before the first slot.
        // Meanwhile the schedulers start.
        Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(20);
        Instant end = start.plusSeconds(SLOTS / SCHEDULES - 1);
        for (int i = 0; i < SCHEDULES; i++) {
          define(api.api(), "slots-" + i, start, end);
        }

        schedulers.forEach(ServiceProcess::awaitReady);
        int killed = 0;
        while (Instant.now().isBefore(end)) {
          ServiceProcess victim = schedulers.remove(random.nextInt(SCHEDULERS));
          victim.kill();
          killed++;
          schedulers.add(scheduler(folder, stores).awaitReady());
        }

        await().atMost(PATIENCE).until(() -> open(api.api()) == 0);
        await().atMost(PATIENCE).until(() -> api.api().count("path=slots.Test") >= SLOTS);
        schedulers.forEach(ServiceProcess::kill);
        assertThat(api.api().count("path=slots.Test")).isEqualTo(SLOTS);
        assertThat(killed).isPositive();
        System.out.printf("%d slots, %d schedulers killed%n", SLOTS, killed);
      } finally {
        schedulers.forEach(ServiceProcess::close);
      }
    }
  }

  private static ServiceProcess scheduler(Path folder, Stores stores) {
    return ServiceProcess.startUnpacked("mrq-scheduler-service", folder, stores.options());
  }

  private static void define(ApiClient api, String name, Instant start, Instant end) {
    Map<String, Object> definition =
        Map.of(
            "path", "slots.Test",
            "every", "1s",
            "misfire", "all",
            "start", start.toString(),
            "end", end.toString());
    assertThat(api.put("/api/v1/schedules/" + name, definition).statusCode()).isEqualTo(201);
  }

  /** How many schedules have a further slot. */
  private static long open(ApiClient api) {
    JsonNode items = JSON.readTree(api.get("/api/v1/schedules?limit=200").body()).get("items");
    return items.valueStream().filter(schedule -> !schedule.get("next").isNull()).count();
  }
}
