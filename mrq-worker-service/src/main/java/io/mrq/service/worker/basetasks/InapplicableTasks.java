package io.mrq.service.worker.basetasks;

import io.mrq.task.MrqTask;
import java.util.Map;

/** Base tasks for what only Python MRQ has: they answer why there is nothing to do. */
final class InapplicableTasks {
  @MrqTask("mrq.basetasks.cleaning.RequeueRedisStartedJobs")
  Map<String, Object> requeueRedisStartedJobs() {
    return Answers.requeued(
        "fetched",
        0,
        0,
        "Workers of MRQ for the JVM claim jobs in MongoDB and keep no set of started jobs in Redis, so none can be left there.");
  }

  @MrqTask("mrq.basetasks.cleaning.CleanKnownQueues")
  Map<String, Object> cleanKnownQueues() {
    return Answers.note(
        "MRQ for the JVM keeps no list of known queues: a queue is there as long as jobs, a worker or a pause name it.");
  }

  @MrqTask("mrq.basetasks.cleaning.MigrateKnownQueues")
  Map<String, Object> migrateKnownQueues() {
    return cleanKnownQueues();
  }

  @MrqTask("mrq.basetasks.orchestrator.Orchestrate")
  Map<String, Object> orchestrate() {
    return Answers.note(
        "MRQ for the JVM has no agents: start workers by what runs your services, such as the groups of workers of the Helm chart.");
  }
}
