package io.mrq.benchmarks.peer;

import io.mrq.benchmarks.report.Figure;
import io.mrq.benchmarks.report.Figures;
import io.mrq.benchmarks.report.RowResult;
import io.mrq.benchmarks.row.Row;
import io.mrq.benchmarks.row.Rows;
import io.mrq.benchmarks.row.Setup;
import java.util.List;
import java.util.Map;

/**
 * MRQ, BullMQ and db-scheduler do the same, one after the other in each round, so that a machine
 * that becomes slower slows all of them. Each has new processes and an empty store every time.
 */
public final class PeersRow implements Row {
  private static final String MRQ = "MRQ";

  private final List<Peer> peers = List.of(new BullMq(), new DbScheduler());

  @Override
  public String id() {
    return "peers";
  }

  @Override
  public String summary() {
    return "BullMQ and db-scheduler beside MRQ, where node, Redis and PostgreSQL are installed";
  }

  @Override
  public RowResult measure(Setup setup) throws InterruptedException {
    Figures figures = new Figures();
    List<Peer> here = peers.stream().filter(peer -> peer.missing().isEmpty()).toList();
    peers.stream()
        .filter(peer -> !peer.missing().isEmpty())
        .forEach(peer -> figures.note(peer.name() + " was left out: " + peer.missing() + "."));
    for (int round = 0; round < setup.rounds(); round++) {
      drain(figures, setup, here);
      longDrain(figures, setup, here);
      enqueue(figures, setup, here);
      pickUp(figures, setup, here);
      sleep(figures, setup, here);
    }
    figures.note(
        "BullMQ and MRQ keep what they acknowledge when a process dies, not when the power fails;"
            + " PostgreSQL waits for the disk at each commit. db-scheduler deletes a job that is"
            + " done; MRQ and BullMQ keep it with its result.");
    return figures.row(id(), "the same work, rounds interleaved, new processes for each");
  }

  private static void drain(Figures figures, Setup setup, List<Peer> peers)
      throws InterruptedException {
    int jobs = setup.jobs(20_000, 5_000);
    String title = "first drain of %,d: ".formatted(jobs);
    RowResult mrq = mrq("drain", setup);
    figures.add(title + MRQ, "jobs/s", value(mrq, "first drain: rate"));
    for (Peer peer : peers) {
      Map<String, Double> found = peer.drain(setup, jobs, 0);
      figures.add(title + peer.name(), "jobs/s", found.getOrDefault("rate", 0.0));
    }
  }

  private static void longDrain(Figures figures, Setup setup, List<Peer> peers)
      throws InterruptedException {
    int jobs = setup.jobs(100_000, 20_000);
    String whole = "long drain, whole: ";
    String warm = "long drain, warm: ";
    String worker = "long drain, worker CPU of a job, warm: ";
    String server = "long drain, store CPU of a job: ";
    RowResult mrq = mrq("long-drain", setup);
    figures.add(whole + MRQ, "jobs/s", value(mrq, "rate of the whole first drain of a worker"));
    figures.add(warm + MRQ, "jobs/s", value(mrq, "warm rate"));
    figures.add(worker + MRQ, "µs", value(mrq, "warm: worker CPU of a job"));
    figures.add(
        server + MRQ + " (both stores, warm)",
        "µs",
        value(mrq, "warm: store CPU of a job") + value(mrq, "warm: Redis CPU of a job"));
    for (Peer peer : peers) {
      Map<String, Double> found = peer.drain(setup, jobs, 0);
      figures.add(whole + peer.name(), "jobs/s", found.getOrDefault("rate", 0.0));
      figures.add(warm + peer.name(), "jobs/s", found.getOrDefault("warmRate", 0.0));
      figures.add(worker + peer.name(), "µs", found.getOrDefault("warmCpu", 0.0));
      figures.add(server + peer.name(), "µs", found.getOrDefault("serverMicros", 0.0) / jobs);
    }
  }

  private static void enqueue(Figures figures, Setup setup, List<Peer> peers)
      throws InterruptedException {
    RowResult one = mrq("single-enqueue", setup);
    RowResult bulk = mrq("bulk-enqueue", setup);
    figures.add("enqueue, one in flight: " + MRQ, "jobs/s", value(one, "one in flight: rate"));
    figures.add("enqueue, 100 in flight: " + MRQ, "jobs/s", value(one, "100 in flight: rate"));
    figures.add(
        "enqueue in batches of 1,000: " + MRQ, "jobs/s", value(bulk, "batches of 1,000: rate"));
    for (Peer peer : peers) {
      Map<String, Double> found =
          peer.enqueue(
              setup,
              setup.jobs(10_000, 1_000),
              setup.jobs(60_000, 5_000),
              setup.jobs(50_000, 10_000));
      figures.add(
          "enqueue, one in flight: " + peer.name(), "jobs/s", found.getOrDefault("single", 0.0));
      figures.add(
          "enqueue, 100 in flight: " + peer.name(), "jobs/s", found.getOrDefault("parallel", 0.0));
      figures.add(
          "enqueue in batches of 1,000: " + peer.name(), "jobs/s", found.getOrDefault("bulk", 0.0));
    }
  }

  private static void pickUp(Figures figures, Setup setup, List<Peer> peers)
      throws InterruptedException {
    RowResult mrq = mrq("pick-up", setup);
    figures.add("pick-up, p50: " + MRQ, "ms", value(mrq, "p50"));
    figures.add("pick-up, p99: " + MRQ, "ms", value(mrq, "p99"));
    for (Peer peer : peers) {
      Map<String, Double> found = peer.pickUp(setup, setup.jobs(1_000, 100));
      figures.add("pick-up, p50: " + peer.name(), "ms", found.getOrDefault("p50", 0.0));
      figures.add("pick-up, p99: " + peer.name(), "ms", found.getOrDefault("p99", 0.0));
    }
    figures.note(
        "The pick-up of db-scheduler is by immediate execution in the process that schedules.");
  }

  private static void sleep(Figures figures, Setup setup, List<Peer> peers)
      throws InterruptedException {
    int jobs = setup.quick() ? 400 : 2_000;
    String title = "%,d jobs of 50 ms at %d slots: ".formatted(jobs, setup.slots());
    RowResult mrq = mrq("sleep-50ms", setup);
    figures.add(title + MRQ, "s", value(mrq, "first round: time"));
    for (Peer peer : peers) {
      Map<String, Double> found = peer.drain(setup, jobs, 50);
      figures.add(title + peer.name(), "s", found.getOrDefault("seconds", 0.0));
    }
  }

  /** One round of a row of MRQ. */
  private static RowResult mrq(String row, Setup setup) throws InterruptedException {
    return Rows.of(row).orElseThrow().measure(setup.once());
  }

  private static double value(RowResult row, String name) {
    return row.figures().stream()
        .filter(figure -> figure.name().equals(name))
        .mapToDouble(Figure::median)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(row.id() + " has no figure '" + name + "'"));
  }
}
