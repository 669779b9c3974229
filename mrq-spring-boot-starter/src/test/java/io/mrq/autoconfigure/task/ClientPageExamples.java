package io.mrq.autoconfigure.task;

import io.mrq.await.AwaitTimeoutException;
import io.mrq.client.Enqueued;
import io.mrq.client.JobClient;
import io.mrq.client.JobFailedException;
import io.mrq.client.JobHandle;
import io.mrq.client.JobRequest;
import io.mrq.client.TaskReference;
import io.mrq.job.Job;
import io.mrq.key.IdempotencyKey;
import io.mrq.task.MrqTask;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;

/** The Java code of {@code docs/client.md}, word for word; it is an interface for brevity. */
@NullUnmarked
interface ClientPageExamples {
  record Welcome(String address, int copies) {}

  record Receipt(int sent) {}

  class Mails {
    @MrqTask(value = "mails.welcome", queue = "mails")
    Receipt welcome(Welcome params) {
      return new Receipt(params.copies());
    }
  }

  interface Greetings {
    @MrqTask("greetings.greet")
    String greet(Welcome params);
  }

  static final TaskReference<Welcome, Receipt> WELCOME = TaskReference.to(Mails::welcome);

  static Receipt enqueueAndWait(JobClient client) throws InterruptedException {
    JobHandle<Receipt> job = client.enqueue(Mails::welcome, new Welcome("a@b.c", 2));
    Receipt receipt = job.result(Duration.ofSeconds(30));
    return receipt;
  }

  static JobHandle<Receipt> withOptions(JobClient client) {
    return client.enqueue(
        WELCOME
            .with(new Welcome("a@b.c", 2))
            .delay(Duration.ofHours(1))
            .priority(10)
            .timeout(Duration.ofMinutes(5))
            .maxRetries(2)
            .ttl(Duration.ofDays(1)));
  }

  static JobHandle<String> byInterface(JobClient client) {
    JobHandle<String> greeting = client.enqueue(Greetings::greet, new Welcome("a@b.c", 1));
    return greeting;
  }

  static List<JobHandle<Receipt>> many(JobClient client) {
    List<JobHandle<Receipt>> jobs =
        client.enqueueAll(WELCOME, List.of(new Welcome("a@b.c", 1), new Welcome("d@e.f", 1)));
    return jobs;
  }

  static JobHandle<Receipt> once(JobClient client) {
    return client.enqueueOnce(
        WELCOME.with(new Welcome("a@b.c", 2)), new IdempotencyKey("orders", "4711", "a@b.c 2"));
  }

  static Job byPath(JobClient client) throws InterruptedException {
    Enqueued stored =
        client.enqueue(JobRequest.of("mails.welcome").param("address", "a@b.c").param("copies", 2));
    Job ended = client.await(stored.id(), Duration.ofSeconds(30));
    return ended;
  }

  static Receipt orElse(JobHandle<Receipt> job) throws InterruptedException {
    try {
      return job.result(Duration.ofSeconds(30));
    } catch (JobFailedException e) {
      throw new IllegalStateException("no welcome: " + e.exceptiontype(), e);
    } catch (AwaitTimeoutException e) {
      return new Receipt(0);
    }
  }

  static CompletableFuture<Integer> later(JobHandle<Receipt> job) {
    CompletableFuture<Integer> sent =
        job.future().orTimeout(30, TimeUnit.SECONDS).thenApply(receipt -> receipt.sent());
    return sent;
  }
}
