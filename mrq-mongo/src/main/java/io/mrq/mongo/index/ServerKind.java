package io.mrq.mongo.index;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoDatabase;
import io.mrq.mongo.error.MongoErrors;
import io.mrq.mongo.error.RefusalCodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The kind of a MongoDB server, as far as the stores depend on it.
 *
 * @param replicated whether it is a replica set or a sharded cluster
 * @param complaints what an operator should change about it, each a sentence or two for the log
 */
record ServerKind(boolean replicated, List<String> complaints) {
  private static final int API_STRICT_ERROR = 323;
  private static final int OLDEST_SUPPORTED = 6;

  /** Parts of host names of services that are compatible with MongoDB. */
  private static final List<String> SERVICES =
      List.of(".docdb.", ".docdb-elastic.", ".cosmos.azure.", ".documents.azure.");

  /** Asks a server, with two round trips. */
  static ServerKind of(MongoDatabase database) {
    return MongoErrors.answer(
        "asking which kind of server it is",
        () -> of(database.runCommand(new Document("hello", 1)), buildInfo(database)));
  }

  /** Null when the client uses the Stable API in strict mode, which forbids the command. */
  private static @Nullable Document buildInfo(MongoDatabase database) {
    try {
      return database.runCommand(new Document("buildInfo", 1));
    } catch (MongoCommandException e) {
      if (e.getErrorCode() == API_STRICT_ERROR) {
        return null;
      }
      if (RefusalCodes.ofSetup(e.getErrorCode())) {
        return new Document();
      }
      throw e;
    }
  }

  /**
   * Judges the answers of a server.
   *
   * @param hello the answer to {@code hello}
   * @param build the answer to {@code buildInfo}; null when the Stable API forbids to ask
   */
  static ServerKind of(Document hello, @Nullable Document build) {
    boolean replicated = hello.containsKey("setName") || "isdbgrid".equals(hello.get("msg"));
    if (hello.containsKey("mrqEmbedded")) {
      return new ServerKind(replicated, List.of());
    }
    List<String> complaints = new ArrayList<>();
    if (build == null) {
      complaints.add(
          "The MongoDB client is set to apiStrict=true, which forbids the command with which lost"
              + " jobs are found (distinct): set it to false.");
    } else {
      judge(hello, build, complaints);
    }
    if (!replicated) {
      complaints.add(
          "This MongoDB is a standalone server: it cannot repeat a write after a broken connection,"
              + " and everything is lost with its disk. Use a replica set of three members.");
    }
    return new ServerKind(replicated, List.copyOf(complaints));
  }

  private static void judge(Document hello, Document build, List<String> complaints) {
    if (isCompatible(hello, build)) {
      complaints.add(
          "This server is compatible with MongoDB, but is not MongoDB itself: MRQ is neither tested"
              + " nor supported on it, see docs/deploying.md.");
    } else if (build.get("version") instanceof String version && isOld(version)) {
      complaints.add(
          "This MongoDB is of version %s, but MRQ needs %d.0 or newer: update it."
              .formatted(version, OLDEST_SUPPORTED));
    }
  }

  private static boolean isCompatible(Document hello, Document build) {
    boolean says =
        Stream.of(hello, build, hello.get("internal", new Document()))
            .flatMap(answer -> answer.keySet().stream())
            .map(key -> key.toLowerCase(Locale.ROOT))
            .anyMatch(key -> key.startsWith("ferretdb") || key.startsWith("documentdb"));
    return says
        || Stream.concat(
                Stream.of(hello.get("me"), hello.get("primary")),
                hello.get("hosts") instanceof List<?> hosts ? hosts.stream() : Stream.empty())
            .filter(Objects::nonNull)
            .map(String::valueOf)
            .anyMatch(host -> SERVICES.stream().anyMatch(host::contains));
  }

  private static boolean isOld(String version) {
    String major = version.split("\\.", 2)[0];
    return major.matches("\\d{1,4}") && Integer.parseInt(major) < OLDEST_SUPPORTED;
  }
}
