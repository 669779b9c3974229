package io.mrq.service.worker;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Runs jobs: the built-in tasks, and those of every jar on the loader path. */
@SpringBootApplication
public class MrqWorkerApplication {
  /** Starts the worker. */
  public static void main(String[] args) {
    SpringApplication.run(MrqWorkerApplication.class, args);
  }
}
