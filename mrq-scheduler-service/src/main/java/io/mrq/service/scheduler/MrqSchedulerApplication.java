package io.mrq.service.scheduler;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The scheduler service: enqueues recurring jobs, and carries out all maintenance duties. Several
 * of these processes may run at the same time.
 */
@SpringBootApplication
public class MrqSchedulerApplication {
  public static void main(String[] args) {
    SpringApplication.run(MrqSchedulerApplication.class, args);
  }
}
