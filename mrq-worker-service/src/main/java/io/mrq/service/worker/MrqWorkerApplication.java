package io.mrq.service.worker;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The worker service: runs the built-in tasks and those of every jar on the loader path. */
@SpringBootApplication
public class MrqWorkerApplication {
  public static void main(String[] args) {
    SpringApplication.run(MrqWorkerApplication.class, args);
  }
}
