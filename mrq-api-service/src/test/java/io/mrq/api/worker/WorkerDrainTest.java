package io.mrq.api.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Api;
import io.mrq.api.ApiTest;
import io.mrq.api.Stores;
import io.mrq.audit.AuditEntry.Outcome;
import io.mrq.job.WorkerId;
import io.mrq.worker.WorkerStore.BeatReply;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code POST /api/v1/workers/{id}/drain} and {@code …/undrain}. */
@ApiTest
class WorkerDrainTest {
  private final Api api;
  private final Stores stores;

  WorkerDrainTest(Api api, Stores stores) {
    this.api = api;
    this.stores = stores;
  }

  @Test
  void aWorkerLearnsOfADrainAndOfItsEnd() {
    WorkerId worker = worker();

    assertThat(post(worker, "drain")).isEqualTo("{\"id\":\"%s\",\"drain\":true}".formatted(worker));
    assertThat(stores.workers().beat(worker)).isEqualTo(new BeatReply.Alive(true));
    assertThat(document(worker).at("/drain").asBoolean()).isTrue();

    assertThat(post(worker, "undrain"))
        .isEqualTo("{\"id\":\"%s\",\"drain\":false}".formatted(worker));
    assertThat(stores.workers().beat(worker)).isEqualTo(new BeatReply.Alive(false));
    assertThat(document(worker).has("drain")).isFalse();
  }

  @Test
  void aWorkerThatIsNotAliveIsNotFound() {
    WorkerId lost = worker();
    stores.workers().markLost(lost, 0);

    api.post("/api/v1/workers/" + lost + "/drain").isProblem(404, "worker-not-found");
    api.post("/api/v1/workers/" + WorkerId.next() + "/undrain").isProblem(404, "worker-not-found");

    assertThat(stores.lastAct().action()).isEqualTo("worker.undrain");
    assertThat(stores.lastAct().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(document(lost).at("/lost").asBoolean()).isTrue();
  }

  @Test
  void whatIsNotUnderstoodIsRefused() {
    WorkerId worker = worker();

    api.post("/api/v1/workers/x/drain").isProblem(400, "invalid-parameter").naming("id");
    api.post("/api/v1/workers/" + worker + "/drain?now=true").isProblem(400, "invalid-parameter");
    api.post("/api/v1/workers/" + worker + "/drain", "{}").isProblem(400, "bad-request");

    assertThat(document(worker).has("drain")).isFalse();
  }

  private WorkerId worker() {
    WorkerId worker = WorkerId.next();
    stores.workers().register(worker, Map.of("name", "host.1"));
    return worker;
  }

  private String post(WorkerId worker, String act) {
    return api.post("/api/v1/workers/" + worker + "/" + act).is(200).body();
  }

  private JsonNode document(WorkerId worker) {
    for (JsonNode item : api.get("/api/v1/workers").is(200).json().at("/items")) {
      if (item.at("/id").asString().equals(worker.hex())) {
        return item;
      }
    }
    throw new AssertionError("no worker " + worker);
  }
}
