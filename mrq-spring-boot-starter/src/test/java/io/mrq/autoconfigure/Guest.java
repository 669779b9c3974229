package io.mrq.autoconfigure;

import io.mrq.client.JobClient;
import io.mrq.client.JobInspector;
import io.mrq.client.JobRequest;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** An application of somebody else's, started as its main method would, on embedded stores. */
final class Guest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Guest() {}

  static ConfigurableApplicationContext start(Path data, Class<?> application, String... more) {
    SpringApplication boot = new SpringApplication(application);
    boot.setWebApplicationType(WebApplicationType.NONE);
    List<String> arguments = new ArrayList<>(List.of("--mrq.embedded.data-dir=" + data));
    arguments.addAll(List.of(more));
    return boot.run(arguments.toArray(String[]::new));
  }

  static JobId enqueue(ApplicationContext application, String path) {
    return enqueue(application, JobRequest.of(path));
  }

  static JobId enqueue(ApplicationContext application, JobRequest request) {
    return application.getBean(JobClient.class).enqueue(request).id();
  }

  static Job job(ApplicationContext application, JobId id) {
    return application.getBean(JobInspector.class).find(id).orElseThrow();
  }

  static Job awaitStatus(ApplicationContext application, JobId id, JobStatus status) {
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> job(application, id).status() == status);
    return job(application, id);
  }
}
