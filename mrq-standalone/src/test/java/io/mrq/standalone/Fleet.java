package io.mrq.standalone;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An API, a scheduler and any number of workers, each a process, on one pair of stores. */
final class Fleet implements AutoCloseable {
  private final Stores stores;
  private final Path folder;
  private final List<ServiceProcess> processes = new ArrayList<>();
  private final List<ServiceProcess> workers = new ArrayList<>();
  private final ServiceProcess api;

  Fleet(Stores stores, Path folder) {
    this.stores = stores;
    this.folder = folder;
    // All at once: the services may start in any order, and beside each other.
    api = ServiceProcess.start("mrq-api-service", folder, stores.options());
    processes.add(api);
    processes.add(ServiceProcess.start("mrq-scheduler-service", folder, stores.options()));
  }

  /** Starts one more worker; it may call addresses of this machine. */
  ServiceProcess worker(int slots, String... more) {
    List<String> options = new ArrayList<>(stores.options());
    options.add("--mrq.worker.slots=" + slots);
    options.add("--mrq.tasks.http.allow-private-addresses=true");
    options.addAll(List.of(more));
    ServiceProcess worker = ServiceProcess.startUnpacked("mrq-worker-service", folder, options);
    processes.add(worker);
    workers.add(worker);
    return worker;
  }

  /** Stops every worker; API and scheduler go on. */
  void stopWorkers() {
    workers.forEach(ServiceProcess::kill);
    processes.removeAll(workers);
    workers.clear();
  }

  void awaitReady() {
    processes.forEach(ServiceProcess::awaitReady);
  }

  ApiClient api() {
    return api.api();
  }

  Stores stores() {
    return stores;
  }

  @Override
  public void close() {
    processes.reversed().forEach(ServiceProcess::close);
    stores.close();
  }
}
