package io.mrq.mongo.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import io.mrq.mongo.MongoStores;
import io.mrq.mongo.TestMongo;
import io.mrq.schedule.Recurrence.DailyAt;
import io.mrq.schedule.Recurrence.Every;
import io.mrq.schedule.Recurrence.MonthlyAt;
import io.mrq.schedule.Recurrence.WeeklyAt;
import io.mrq.schedule.ScheduleDefinition;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Schedules as Python MRQ stores them. */
class PythonSchedulesTest {
  private static final LocalTime AT = LocalTime.of(3, 30);

  private final MongoDatabase database = TestMongo.newDatabase();
  private final MongoStores stores = MongoStores.of(database);

  private void stored(String hash, Document times) {
    Document document =
        new Document("hash", hash)
            .append("path", "tasks.Clean")
            .append("datelastqueued", Date.from(Instant.EPOCH));
    document.putAll(times);
    database.getCollection("mrq_scheduled_jobs").insertOne(document);
  }

  private static Document at() {
    return new Document("dailytime", Date.from(Instant.parse("2026-01-05T03:30:00Z")))
        .append("interval", 86_400);
  }

  // SCH-02, SCH-16
  @Test
  void everyFormIsRead() {
    stored("a", new Document("interval", 5.0));
    stored("b", at());
    stored("c", at().append("weekday", 0));
    stored("d", at().append("monthday", 31));

    assertThat(stores.schedules().ofPython())
        .extracting(ScheduleDefinition::recurrence)
        .containsExactlyInAnyOrder(
            new Every(Duration.ofSeconds(5)),
            new DailyAt(AT),
            new WeeklyAt(DayOfWeek.MONDAY, AT),
            new MonthlyAt(31, AT));
  }

  @Test
  void paramsQueueAndTheLastJobAreTakenOver() {
    Instant last = Instant.parse("2026-01-05T03:30:07Z");
    stored(
        "a",
        new Document("interval", 60)
            .append("params", new Document("x", 1))
            .append("queue", "mails")
            .append("datelastqueued", Date.from(last)));

    ScheduleDefinition taken = stores.schedules().ofPython().getFirst();
    assertThat(taken.params()).isEqualTo(Map.of("x", 1));
    assertThat(taken.queue()).isEqualTo("mails");
    assertThat(taken.start()).isEqualTo(last);
    assertThat(taken.name()).startsWith("python:tasks.Clean:");
  }

  // BUG-16
  @Test
  void whatSaysNoTimesIsLeftOut() {
    stored("a", new Document("weekday", 0).append("interval", 60));
    stored("b", new Document());
    database.getCollection("mrq_scheduled_jobs").insertOne(new Document("interval", 60));

    assertThat(stores.schedules().ofPython()).isEqualTo(List.of());
    assertThat(database.getCollection("mrq_scheduled_jobs").countDocuments()).isEqualTo(3);
  }
}
