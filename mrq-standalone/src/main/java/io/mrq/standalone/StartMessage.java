package io.mrq.standalone;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/** Prints the addresses of the running application and a first command to try. */
final class StartMessage implements ApplicationListener<ApplicationReadyEvent> {
  private static final Logger log = LoggerFactory.getLogger(StartMessage.class);

  private final Environment environment;

  StartMessage(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void onApplicationEvent(ApplicationReadyEvent event) {
    String base = "http://localhost:" + environment.getProperty("local.server.port");
    log.info(
        """
        MRQ is up.
          Dashboard   {}/dashboard/
          API         {}/api/v1/jobs
          API docs    {}/v3/api-docs
          Health      {}/actuator/health
          Metrics     {}/actuator/prometheus
          Try it      curl -s {}/api/v1/jobs -H 'Content-Type: application/json' -d '{"path":"mrq.tasks.Echo","params":{"hello":"world"}}'\
        """,
        base,
        base,
        base,
        base,
        base,
        base);
  }
}
