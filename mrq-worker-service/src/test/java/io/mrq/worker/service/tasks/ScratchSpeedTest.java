package io.mrq.worker.service.tasks;
import org.junit.jupiter.api.Test;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import org.springframework.util.unit.DataSize;
import java.time.*;
class ScratchSpeedTest {
  @Test void speed() throws Exception {
    HttpTaskProperties p = new HttpTaskProperties(true, DataSize.ofMegabytes(1), 200, Duration.ofSeconds(10));
    HttpTask task = new HttpTask(new HttpExchange(p, AddressGuard.open()), tools.jackson.databind.json.JsonMapper.builder().build(), InstantSource.system());
    try (TestService s = new TestService()) {
      s.on("/", TestService.Answer.of(200, "x".repeat(10000)));
      for (int round = 0; round < 4; round++) {
        s.requests.clear();
        Semaphore slots = new Semaphore(100); AtomicInteger bad = new AtomicInteger(); long t = System.nanoTime();
        try (var ex = Executors.newVirtualThreadPerTaskExecutor()) {
          for (int i = 0; i < 3000; i++) { slots.acquire(); ex.execute(() -> { try { ScopedValue.where(io.mrq.task.JobContext.CURRENT, new RunningJob()).call(() -> task.run(new HttpParams(null, s.url("/"), null, null, null, null, null))); } catch (Throwable e) { bad.incrementAndGet(); e.printStackTrace(); } finally { slots.release(); } }); }
        }
        System.out.println("SPEED " + (long) (3000 / ((System.nanoTime() - t) / 1e9)) + " calls/s bad=" + bad.get() + " ports=" + s.requests.stream().map(TestService.Request::clientPort).distinct().count());
      }
    }
  }
}
