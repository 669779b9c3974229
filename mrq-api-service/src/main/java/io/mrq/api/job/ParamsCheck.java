package io.mrq.api.job;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import io.mrq.api.problem.Problem;
import io.mrq.api.problem.Problem.FieldError;
import io.mrq.api.problem.ProblemException;
import io.mrq.api.problem.ProblemType;
import io.mrq.client.JobRequest;
import io.mrq.task.SharedTasks;
import io.mrq.task.TaskPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks params against the schema of their task, where it is known and all living workers agree on
 * it. It refuses only what every one of them would refuse: where a schema is stricter than the
 * binding of a worker, which takes {@code "5"} for a number, the worker decides.
 */
final class ParamsCheck {
  private static final int MAX_SCHEMAS = 500;

  /** How many complaints an answer lists. */
  private static final int MAX_COMPLAINTS = 100;

  private static final Logger log = LoggerFactory.getLogger(ParamsCheck.class);
  private static final JsonMapper JSON = new JsonMapper();

  private final boolean enabled;
  private final SharedTasks tasks;

  /** Schemas by their texts. */
  private final Cache<String, Schema> schemas =
      Caffeine.newBuilder().maximumSize(MAX_SCHEMAS).build();

  ParamsCheck(boolean enabled, SharedTasks tasks) {
    this.enabled = enabled;
    this.tasks = tasks;
  }

  /** Made for the first schema: it takes long to load, and a service may never see a schema. */
  private static final class Library {
    private static final SchemaRegistry REGISTRY =
        SchemaRegistry.withDefaultDialect(
            Dialects.getDraft202012(),
            builder ->
                builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().typeLoose(true).build()));

    static Schema read(String text) {
      return REGISTRY.getSchema(text);
    }
  }

  /**
   * Checks one job.
   *
   * @throws ProblemException with every complaint
   */
  void one(JobRequest job) {
    refuse(complaints(null, job));
  }

  /**
   * Checks many jobs.
   *
   * @throws ProblemException with every complaint of every job
   */
  void all(List<JobRequest> jobs) {
    List<FieldError> all = new ArrayList<>();
    for (int i = 0; i < jobs.size() && all.size() < MAX_COMPLAINTS; i++) {
      all.addAll(complaints(i, jobs.get(i)));
    }
    refuse(all);
  }

  private static void refuse(List<FieldError> complaints) {
    if (complaints.isEmpty()) {
      return;
    }
    String first =
        complaints.stream()
            .limit(3)
            .map(complaint -> "'" + complaint.field() + "' " + complaint.message())
            .collect(Collectors.joining("; "));
    String more = complaints.size() > 3 ? "; and %d more".formatted(complaints.size() - 3) : "";
    Problem problem = Problem.of(ProblemType.INVALID_PARAMS, first + more + ".");
    throw new ProblemException(
        new Problem(
            problem.type(),
            problem.status(),
            problem.detail(),
            complaints.stream().limit(MAX_COMPLAINTS).toList(),
            problem.headers(),
            problem.members()));
  }

  private List<FieldError> complaints(@Nullable Integer index, JobRequest job) {
    // A path that no task can have is refused as such, also while the store does not answer.
    if (!enabled || !TaskPath.isLegal(job.path())) {
      return List.of();
    }
    Schema schema = tasks.agreedSchema(job.path()).map(this::compiled).orElse(null);
    if (schema == null) {
      return List.of();
    }
    JsonNode params = JSON.valueToTree(job.params());
    return schema.validate(params).stream()
        .filter(error -> !SchemaComplaints.isUpToTheWorker(error))
        .map(error -> new FieldError(index, field(error), SchemaComplaints.sentence(error)))
        .sorted(Comparator.comparing(FieldError::field).thenComparing(FieldError::message))
        .toList();
  }

  private @Nullable Schema compiled(String text) {
    try {
      return schemas.get(text, Library::read);
    } catch (RuntimeException e) {
      log.warn("params are not checked, because the schema of a task cannot be read", e);
      return null;
    }
  }

  /** The place in the body, such as {@code params.items[2].name}. */
  private static String field(Error error) {
    StringBuilder field = new StringBuilder("params");
    for (int i = 0; i < error.getInstanceLocation().getNameCount(); i++) {
      String name = String.valueOf(error.getInstanceLocation().getName(i));
      boolean element = !name.isEmpty() && name.chars().allMatch(Character::isDigit);
      field.append(element ? "[" + name + "]" : "." + name);
    }
    String property = error.getProperty();
    return property == null ? field.toString() : field.append('.').append(property).toString();
  }
}
