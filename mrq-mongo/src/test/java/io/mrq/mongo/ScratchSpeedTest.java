package io.mrq.mongo;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;

import com.mongodb.client.*;
import io.mrq.embedded.*;
import io.mrq.job.*;
import io.mrq.store.*;
import java.nio.file.*;
import java.time.Instant;
import java.util.*;
import org.junit.jupiter.api.Test;

class ScratchSpeedTest {
  @Test
  void speed() throws Exception {
    Path dir = Files.createTempDirectory("mm");
    for (boolean file : new boolean[] {false, true})
    try (EmbeddedMongo server = EmbeddedMongo.open(file ? EmbeddedMongoOptions.in(dir) : EmbeddedMongoOptions.inMemory());
        MongoClient client = MongoClients.create(server.uri())) {
      for (int round = 0; round < 4; round++) {
        MongoStores s = MongoStores.of(client.getDatabase("d" + round));
        if (round > 1) s.indexes().ensure();
        int n = 20000;
        List<NewJob> jobs = new ArrayList<>();
        for (int i = 0; i < n; i++) jobs.add(aNewJob().param("a", i).param("t", "hello").build());
        long t0 = System.nanoTime();
        for (int i = 0; i < n; i += 500) s.jobs().insert(jobs.subList(i, i + 500));
        long t1 = System.nanoTime();
        List<List<Job>> won = new ArrayList<>(); List<Claim> claims = new ArrayList<>();
        WorkerId w = WorkerId.next();
        long tc = 0, tl = 0;
        for (int i = 0; i < n; i += 100) {
          Claim c = Claim.by(w);
          List<JobId> ids = jobs.subList(i, i + 100).stream().map(NewJob::id).toList();
          long a = System.nanoTime();
          s.jobs().claim(c, "default", ids, Instant.now());
          long b = System.nanoTime();
          won.add(s.jobs().claimed(c, ids)); claims.add(c);
          tl += System.nanoTime() - b; tc += b - a;
        }
        List<PreparedCompletion> ends = new ArrayList<>();
        long t3 = System.nanoTime();
        for (int i = 0; i < won.size(); i++) for (Job j : won.get(i))
          ends.add(s.jobs().prepare(Completion.of(j, claims.get(i), new JobOutcome.Succeeded(Map.of("ok", 1)), Retention.DEFAULT, Instant.now())));
        long t4 = System.nanoTime();
        for (int i = 0; i < n; i += 200) if (s.jobs().complete(ends.subList(i, i + 200)).matched() != 200) throw new IllegalStateException();
        long t5 = System.nanoTime();
        System.out.printf("file=%s idx=%s insert %.0f/s claim %.0f/s load %.0f/s prepare %.0f/s complete %.0f/s%n", file, round > 1,
            n * 1e9 / (t1 - t0), n * 1e9 / tc, n * 1e9 / tl, n * 1e9 / (t4 - t3), n * 1e9 / (t5 - t4));
      }
    }
  }
}
