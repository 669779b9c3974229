package io.mrq.mongo.worker;

import static io.mrq.mongo.JobLife.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.WorkerId;
import io.mrq.mongo.JobLife;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The exact documents of workers. */
class WorkerDocumentShapesTest {
  private final JobLife life = new JobLife();

  // MIX-05
  @Test
  @DisplayName("the document of a worker that had none carries what Python's dashboard needs")
  void absentWorker() {
    WorkerId worker = WorkerId.next();
    life.stores().workers().markAbsentLost(worker, NOW);

    Document document = life.worker();

    assertThat(document)
        .containsEntry("_id", new ObjectId(worker.hex()))
        .containsEntry("status", "stop")
        .containsEntry("lost", true)
        .containsEntry("jobs", List.of())
        .containsEntry("done_jobs", 0)
        .containsEntry("datestarted", Date.from(NOW))
        .containsEntry("datereported", Date.from(NOW))
        .doesNotContainKey("beat")
        .containsKeys("config", "process");
  }

  // MIX-01
  @Test
  @DisplayName("a beat is an int64 and dates the report")
  void beat() {
    WorkerId worker = WorkerId.next();
    life.stores().workers().register(worker, Map.of("name", "w", "done_jobs", 3));
    life.stores().workers().beat(worker);

    assertThat(life.worker())
        .containsEntry("beat", 1L)
        .containsEntry("done_jobs", 3)
        .hasEntrySatisfying("datereported", date -> assertThat(date).isInstanceOf(Date.class));
  }
}
