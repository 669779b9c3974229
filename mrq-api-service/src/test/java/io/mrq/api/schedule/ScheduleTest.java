package io.mrq.api.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Answer;
import io.mrq.api.Api;
import io.mrq.api.ApiTest;
import io.mrq.api.Stores;
import io.mrq.schedule.Recurrence.Every;
import io.mrq.schedule.ScheduleDefinition;
import io.mrq.schedule.Schedules;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/schedules}. */
@ApiTest
class ScheduleTest {
  private final Api api;
  private final Stores stores;
  private final Schedules schedules;

  ScheduleTest(Api api, Stores stores, Schedules schedules) {
    this.api = api;
    this.stores = stores;
    this.schedules = schedules;
  }

  private Answer put(String name, String json) {
    return api.send(
        "PUT",
        "/api/v1/schedules/" + name,
        BodyPublishers.ofString(json),
        "Content-Type",
        "application/json");
  }

  private Answer delete(String name) {
    return api.send("DELETE", "/api/v1/schedules/" + name, BodyPublishers.noBody());
  }

  private JsonNode shown(String name) {
    return api.get("/api/v1/schedules/" + name).is(200).json();
  }

  @Test
  void aScheduleIsDefinedShownChangedAndDeleted() {
    String json =
        """
        {"path": "reports.Nightly", "daily_at": "03:00", "zone": "Europe/Berlin",
         "params": {"full": true, "days": 7}, "queue": "reports", "priority": 3, "misfire": "all",
         "window": "36h", "overlap": "skip", "jitter": "10s", "start": "2026-01-01T00:00:00Z"}
        """;

    Answer created = put("nightly", json).is(201);
    assertThat(created.json()).isEqualTo(shown("nightly"));
    assertThat(created.text("/daily_at")).isEqualTo("03:00");
    assertThat(created.text("/owner")).isEqualTo("api");
    assertThat(created.text("/window")).isEqualTo("36h");
    assertThat(created.json().at("/params/days").asInt()).isEqualTo(7);
    assertThat(created.json().at("/paused").asBoolean()).isFalse();
    assertThat(created.json().at("/history")).isEmpty();
    assertThat(put("nightly", json).is(200).json()).isEqualTo(created.json());

    Answer changed =
        put("nightly", "{\"path\": \"reports.Nightly\", \"daily_at\": \"04:00\"}").is(200);
    assertThat(changed.text("/zone")).isEqualTo("UTC");
    assertThat(changed.text("/next")).endsWith("T04:00:00.000Z");

    assertThat(delete("nightly").is(200).body())
        .isEqualTo("{\"name\":\"nightly\",\"deleted\":true}");
    delete("nightly").isProblem(404, "schedule-not-found");
    api.get("/api/v1/schedules/nightly").isProblem(404, "schedule-not-found");
  }

  // SCH-02, SCH-03, BUG-16
  @Test
  void aFieldThatIsWrongIsNamed() {
    refused("{}").naming("path", "required");
    refused("{\"path\": \"t\"}").naming("every", "one of them is required");
    refused("{\"path\": \"t\", \"every\": \"5s\", \"cron\": \"* * * * *\"}").naming("cron", "only");
    refused("{\"path\": \"t\", \"every\": \"1ms\"}").naming("every", "1s");
    refused("{\"path\": \"t\", \"weekday\": 0}").naming("at", "required");
    refused("{\"path\": \"t\", \"weekday\": 0, \"every\": \"60s\"}").naming("weekday");
    refused("{\"path\": \"t\", \"monthday\": 32, \"at\": \"03:00\"}").naming("monthday", "31");
    refused("{\"path\": \"t\", \"cron\": \"now and then\"}").naming("cron", "cron expression");
    refused("{\"path\": \"t t\", \"every\": \"60s\"}").naming("path", "blanks");
    refused("{\"path\": \"t\", \"every\": \"60s\", \"queue\": \"q_raw\"}").naming("queue");
    refused("{\"path\": \"t\", \"every\": \"60s\", \"priority\": 1001}").naming("priority");
    refused("{\"path\": \"t\", \"every\": \"60s\", \"jitter\": \"2d\"}").naming("jitter");
    refused("{\"path\": \"t\", \"every\": \"60s\", \"start\": \"+1000000000-12-31T23:59:59Z\"}")
        .naming("start", "1970 to 9999");
    refused("{\"path\": \"t\", \"every\": \"60s\", \"end\": \"-0001-01-01T00:00:00Z\"}")
        .naming("end", "1970 to 9999");
    refused("{\"path\": \"t\", \"every\": \"60s\", \"paused\": \"yes\"}")
        .naming("paused", "true or false");
    refused("{\"path\": \"t\", \"every\": \"60s\", \"interval\": 5}").naming("interval", "unknown");
    refused("{\"path\": \"t\", \"weekday\": \"0\", \"at\": \"03:00\"}")
        .naming("weekday", "whole number");
    put("bad%20name", "{\"path\": \"t\", \"every\": \"60s\"}")
        .isProblem(400, "invalid-parameter")
        .naming("name");
    put("wrong", "[]").isProblem(400, "invalid-json");
  }

  private Answer refused(String json) {
    return put("wrong", json).isProblem(400, "invalid-parameter");
  }

  // RTE-08
  @Test
  void schedulesAreListedInPages() {
    for (String name : new String[] {"page-a", "page-b", "page-c"}) {
      put(name, "{\"path\": \"t\", \"every\": \"1h\", \"paused\": true}").is(201);
    }

    Answer first = api.get("/api/v1/schedules?after=page-&limit=2").is(200);
    assertThat(first.json().at("/items"))
        .extracting(item -> item.at("/name").asString())
        .containsExactly("page-a", "page-b");
    assertThat(first.text("/next")).isEqualTo("page-b");
    api.get("/api/v1/schedules?limit=0").isProblem(400, "invalid-parameter");
  }

  @Test
  void pausesAndRunsLeaveTheirTraces() {
    put("traced", "{\"path\": \"t\", \"every\": \"1h\"}").is(201);
    Answer paused =
        api.post("/api/v1/schedules/traced/pause", "{\"reason\": \"provider down\"}").is(200);
    assertThat(paused.json().at("/paused").asBoolean()).isTrue();
    assertThat(paused.text("/pause/who")).isEqualTo("anonymous");
    assertThat(paused.text("/pause/why")).isEqualTo("provider down");
    assertThat(stores.lastAct().detail()).isEqualTo("provider down");

    String job = api.post("/api/v1/schedules/traced/run").is(200).text("/job");
    JsonNode run = shown("traced").at("/history/0");
    assertThat(run.at("/outcome").asString()).isEqualTo("by_hand");
    assertThat(run.at("/job").asString()).isEqualTo(job);
    assertThat(run.at("/status").asString()).isEqualTo("queued");
    assertThat(run.at("/who").asString()).isEqualTo("anonymous");
    assertThat(api.get("/api/v1/jobs/" + job).is(200).text("/path")).isEqualTo("t");

    assertThat(api.post("/api/v1/schedules/traced/resume").is(200).json().at("/paused").asBoolean())
        .isFalse();
    String next = shown("traced").at("/next").asString();
    Answer skipped = api.post("/api/v1/schedules/traced/skip-next").is(200);
    assertThat(skipped.json().at("/history/1/outcome").asString()).isEqualTo("skipped");
    assertThat(skipped.json().at("/history/1/slot").asString()).isEqualTo(next);
    assertThat(skipped.text("/next")).isGreaterThan(next);
    for (String action : new String[] {"resume", "run", "skip-next"}) {
      api.post("/api/v1/schedules/none/" + action).isProblem(404, "schedule-not-found");
    }
    api.post("/api/v1/schedules/none/pause", "{}").isProblem(404, "schedule-not-found");
  }

  @Test
  void aSlotThatASchedulerEnqueuedShowsItsJob() {
    put("shown", "{\"path\": \"t\", \"every\": \"1h\"}").is(201);

    stores.runSchedules();

    JsonNode slot = shown("shown").at("/history/0");
    assertThat(slot.at("/outcome").asString()).isEqualTo("enqueued");
    assertThat(slot.at("/status").asString()).isEqualTo("queued");
    assertThat(slot.at("/late").asDouble()).isBetween(0.0, 60.0);
  }

  // BUG-47
  @Test
  void aScheduleOfAnApplicationIsChangedOnlyThere() {
    ScheduleDefinition definition =
        ScheduleDefinition.builder("of-shop", "t", new Every(Duration.ofHours(1))).build();
    schedules.define(definition, "shop");

    put("of-shop", "{\"path\": \"t\", \"every\": \"2h\"}").isProblem(409, "schedule-owned");
    delete("of-shop").isProblem(409, "schedule-owned");
    assertThat(schedules.find("of-shop").orElseThrow().definition()).isEqualTo(definition);
    api.post("/api/v1/schedules/of-shop/pause", "{}").is(200);
    api.post("/api/v1/schedules/of-shop/resume").is(200);
  }

  @Test
  void theNextSlotsAreShownInTwoZonesWithTheChangeOfTheClock() {
    put(
            "berlin",
            """
            {"path": "t", "daily_at": "02:30", "zone": "Europe/Berlin",
             "start": "2040-03-24T00:00:00Z"}
            """)
        .is(201);

    JsonNode items =
        api.get("/api/v1/schedules/berlin/next?n=3&zone=UTC").is(200).json().at("/items");

    assertThat(items).hasSize(3);
    assertThat(items.get(0).at("/local").asString()).isEqualTo("2040-03-24T02:30:00+01:00");
    assertThat(items.get(1).at("/local").asString()).isEqualTo("2040-03-25T03:00:00+02:00");
    assertThat(items.get(1).at("/in_zone").asString()).isEqualTo("2040-03-25T01:00:00Z");
    assertThat(items.get(1).at("/clock").asString()).isEqualTo("forward");
    assertThat(items.get(2).at("/local").asString()).isEqualTo("2040-03-26T02:30:00+02:00");
    assertThat(items.get(2).has("clock")).isFalse();
    api.get("/api/v1/schedules/berlin/next?zone=Mars")
        .isProblem(400, "invalid-parameter")
        .naming("zone");
    api.get("/api/v1/schedules/none/next").isProblem(404, "schedule-not-found");
  }

  @Test
  void aPreviewStoresNothing() {
    Answer preview =
        api.post("/api/v1/schedules/preview?n=2", "{\"path\": \"t\", \"every\": \"1h\"}").is(200);

    assertThat(preview.json().at("/items")).hasSize(2);
    assertThat(schedules.find("preview")).isEqualTo(Optional.empty());
    api.post("/api/v1/schedules/preview", "{\"path\": \"t\"}").isProblem(400, "invalid-parameter");
  }
}
