package io.mrq.autoconfigure;

import io.mrq.autoconfigure.log.JobLogConfiguration;
import io.mrq.autoconfigure.task.TaskPublisherConfiguration;
import io.mrq.autoconfigure.task.TaskResultConfiguration;
import io.mrq.autoconfigure.worker.WorkerConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Import;

/**
 * The worker of this process, if the application has tasks; {@code mrq.worker.enabled=false}
 * switches it off.
 */
@AutoConfiguration(after = MrqClientAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "mrq.worker.enabled", matchIfMissing = true)
@Import({
  TaskResultConfiguration.class,
  TaskPublisherConfiguration.class,
  JobLogConfiguration.class,
  WorkerConfiguration.class
})
public final class MrqWorkerAutoConfiguration {}
