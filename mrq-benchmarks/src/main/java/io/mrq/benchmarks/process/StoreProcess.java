package io.mrq.benchmarks.process;

import io.mrq.embedded.EmbeddedMongo;
import io.mrq.embedded.EmbeddedMongoOptions;
import io.mrq.embedded.EmbeddedRedis;
import io.mrq.embedded.EmbeddedRedisOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** The main class of the process with the embedded stores. It ends when the driver is gone. */
final class StoreProcess {
  private StoreProcess() {}

  /** Opens the stores in the folder that is named, and prints where they are. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    try (EmbeddedMongo mongo = EmbeddedMongo.open(EmbeddedMongoOptions.in(folder));
        EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedisOptions.in(folder))) {
      System.out.println(mongo.uri() + " " + redis.port() + " " + redis.pid());
      System.out.flush();
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
