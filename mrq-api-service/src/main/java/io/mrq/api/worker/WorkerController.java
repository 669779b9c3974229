package io.mrq.api.worker;

import io.mrq.api.json.JsonValues;
import io.mrq.api.request.QueryParams;
import io.mrq.worker.WorkerStore;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists the documents of the workers, the most recently started first. */
@RestController
@RequestMapping(path = "/api/v1/workers", produces = MediaType.APPLICATION_JSON_VALUE)
class WorkerController {
  private final WorkerStore workers;

  WorkerController(WorkerStore workers) {
    this.workers = workers;
  }

  @GetMapping
  Map<String, List<Map<String, @Nullable Object>>> list(HttpServletRequest request) {
    QueryParams.of(request);
    return Map.of(
        "items",
        workers.documents(WorkerStore.MAX_LISTED).stream().map(JsonValues::object).toList());
  }
}
