package io.mrq.service.scheduler;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Does all maintenance: lost, interrupted, due, unoffered and expired jobs. Any number of these may
 * run at the same time.
 */
@SpringBootApplication
public class MrqSchedulerApplication {
  /** Starts the scheduler. */
  public static void main(String[] args) {
    SpringApplication.run(MrqSchedulerApplication.class, args);
  }
}
