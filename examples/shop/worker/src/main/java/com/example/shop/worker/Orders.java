package com.example.shop.worker;

import io.mrq.client.JobClient;
import io.mrq.client.JobRequest;
import io.mrq.key.IdempotencyKey;
import io.mrq.schedule.MrqSchedule;
import io.mrq.task.JobContext;
import io.mrq.task.MrqTask;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The tasks of the shop. */
@Component
class Orders {
  private static final Logger log = LoggerFactory.getLogger(Orders.class);

  private final Warehouse warehouse;
  private final JobClient client;
  private final Clock clock;

  Orders(Warehouse warehouse, JobClient client, Clock clock) {
    this.warehouse = warehouse;
    this.client = client;
    this.clock = clock;
  }

  record Order(@NotBlank String number, @NotBlank String customer, @NotEmpty List<String> items) {}

  /**
   * Reserves the items and asks for an opinion two weeks later. It may run more than once: the
   * warehouse keeps one reservation for each id of a job, and the job that asks has a key.
   */
  @MrqTask(
      value = "orders.confirm",
      queue = "orders",
      maxRetries = 10,
      retryDelay = "10s",
      retryMultiplier = 2,
      maxRetryDelay = "10m",
      retryOn = IOException.class)
  String confirm(Order order) throws IOException {
    String id = JobContext.current().orElseThrow().job().id().hex();
    String reservation = warehouse.reserve(id, order.items());
    log.info("order {} has reservation {}", order.number(), reservation);
    JobRequest opinion =
        JobRequest.of("orders.ask-opinion")
            .param("number", order.number())
            .param("customer", order.customer())
            .param("items", order.items())
            .delay(Duration.ofDays(14));
    client.enqueueOnce(opinion, new IdempotencyKey("opinions", id, order.number()));
    return reservation;
  }

  @MrqTask(value = "orders.ask-opinion", queue = "orders")
  void askOpinion(Order order) {
    log.info("How did {} like {}?", order.customer(), order.items());
  }

  /** Counts stock each night but Sunday's, in the time of the warehouse. */
  @MrqTask(value = "orders.count-stock", queue = "orders", timeout = "30m")
  @MrqSchedule(cron = "30 2 * * MON-SAT", zone = "Europe/Oslo")
  int countStock() throws IOException {
    return warehouse.count(LocalDate.now(clock));
  }
}
