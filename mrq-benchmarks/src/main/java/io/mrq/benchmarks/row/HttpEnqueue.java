package io.mrq.benchmarks.row;

import io.mrq.benchmarks.process.RunningService;
import io.mrq.benchmarks.process.Stores;
import io.mrq.benchmarks.process.UnpackedService;
import io.mrq.benchmarks.report.Figures;
import io.mrq.benchmarks.report.RowResult;
import io.mrq.benchmarks.worker.BenchTasks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Jobs enqueued by HTTP in arrays of 1,000, over one connection and over four, and in lines. */
final class HttpEnqueue implements Row {
  private static final int BATCH = 1_000;
  private static final int CONNECTIONS = 4;

  @Override
  public String id() {
    return "http-enqueue";
  }

  @Override
  public String summary() {
    return "enqueues by HTTP in arrays of 1,000, one request in flight and four, and in lines of one request";
  }

  @Override
  public RowResult measure(Setup setup) throws InterruptedException {
    int batches = Math.ceilDiv(setup.jobs(50_000, 8_000), BATCH * CONNECTIONS) * CONNECTIONS;
    int jobs = batches * BATCH;
    Figures figures = new Figures();
    try (Stores stores = setup.stores();
        EnqueueingApplication application = new EnqueueingApplication(stores);
        RunningService api = api(setup, stores)) {
      Enqueuing enqueuing = new Enqueuing(application, stores, figures);
      int total = 0;
      for (int round = 0; round <= setup.rounds(); round++) {
        for (int inFlight : List.of(1, CONNECTIONS)) {
          List<HttpRequest> requests = requests(api, total, batches);
          String how = inFlight == 1 ? "one request in flight" : inFlight + " requests in flight";
          enqueuing.measure(how, jobs, round > 0, api::usage, () -> send(requests, inFlight));
          total += jobs;
        }
        List<HttpRequest> lines = List.of(lines(api, total, jobs));
        enqueuing.measure(
            "lines of one request", jobs, round > 0, api::usage, () -> sendAll(lines, 200));
        total += jobs;
      }
      enqueuing.runAll(setup, total);
    }
    return figures.row(id(), "%,d jobs in arrays of 1,000".formatted(jobs));
  }

  private static RunningService api(Setup setup, Stores stores) {
    UnpackedService service = UnpackedService.of(setup.place(), "mrq-api-service");
    return RunningService.start(
        setup.place(),
        "api",
        port -> {
          List<String> options = new ArrayList<>(stores.options());
          options.add("--server.port=" + port);
          return service.command(options);
        });
  }

  private static List<HttpRequest> requests(RunningService api, int first, int batches) {
    List<HttpRequest> requests = new ArrayList<>(batches);
    for (int batch = 0; batch < batches; batch++) {
      StringBuilder body = new StringBuilder("[");
      for (int i = 0; i < BATCH; i++) {
        body.append(i == 0 ? "" : ",").append(job(first + batch * BATCH + i));
      }
      requests.add(
          HttpRequest.newBuilder(api.uri("/api/v1/jobs"))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body.append(']').toString()))
              .build());
    }
    return requests;
  }

  private static HttpRequest lines(RunningService api, int first, int jobs) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < jobs; i++) {
      body.append(job(first + i)).append('\n');
    }
    return HttpRequest.newBuilder(api.uri("/api/v1/jobs"))
        .header("Content-Type", "application/x-ndjson")
        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
        .build();
  }

  private static String job(int number) {
    return "{\"path\":\"%s\",\"queue\":\"%s\",\"params\":{\"%s\":%d}}"
        .formatted(BenchTasks.NOOP, Setup.QUEUE, BenchTasks.NUMBER, number);
  }

  private static void send(List<HttpRequest> requests, int inFlight) {
    List<CompletableFuture<Void>> senders = new ArrayList<>();
    int share = requests.size() / inFlight;
    for (int i = 0; i < inFlight; i++) {
      List<HttpRequest> own = requests.subList(i * share, (i + 1) * share);
      senders.add(CompletableFuture.runAsync(() -> sendAll(own, 201), Thread::startVirtualThread));
    }
    senders.forEach(CompletableFuture::join);
  }

  private static void sendAll(List<HttpRequest> requests, int status) {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (HttpRequest request : requests) {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != status) {
          throw new IllegalStateException("the API answered " + answer.statusCode());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
