package io.mrq.benchmarks.peer;

import io.mrq.benchmarks.process.Workplace;
import io.mrq.benchmarks.row.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * db-scheduler on PostgreSQL with its default settings, so that each commit waits for the disk. It
 * polls by lock-and-fetch; its jobs are deleted when they are done.
 */
final class DbScheduler implements Peer {
  private static final String VERSION = "16.12.0";

  @Override
  public String name() {
    return "db-scheduler " + VERSION;
  }

  @Override
  public String missing() {
    return PostgresProcess.programs().isPresent() ? "" : "PostgreSQL is not installed";
  }

  @Override
  public Map<String, Double> drain(Setup setup, int jobs, int millis) throws InterruptedException {
    return work(setup, "drain", jobs, setup.slots(), millis);
  }

  @Override
  public Map<String, Double> enqueue(Setup setup, int single, int parallel, int bulk)
      throws InterruptedException {
    return work(setup, "enqueue", single, parallel, bulk);
  }

  @Override
  public Map<String, Double> pickUp(Setup setup, int jobs) throws InterruptedException {
    return work(setup, "pick-up", jobs, setup.slots());
  }

  private static Map<String, Double> work(Setup setup, String mode, int... numbers)
      throws InterruptedException {
    Workplace place = setup.place();
    try (PostgresProcess postgres = PostgresProcess.start(place)) {
      List<String> command = new ArrayList<>(List.of(place.java()));
      command.addAll(place.serviceFlags());
      command.addAll(
          List.of(
              "-cp",
              System.getProperty("java.class.path"),
              DbSchedulerProcess.class.getName(),
              postgres.url(),
              mode));
      for (int number : numbers) {
        command.add(String.valueOf(number));
      }
      try (PeerProcess peer = PeerProcess.start(place, place.scratch(), "db-scheduler", command)) {
        return peer.work(postgres::usage);
      }
    }
  }
}
