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
 * What kind of server answers, as far as the stores depend on it.
 *
 * @param replicated whether it is one of several that hold the same documents
 * @param complaints a sentence for each way in which it is not what the stores need
 */
record ServerKind(boolean replicated, List<String> complaints) {
  private static final int API_STRICT_ERROR = 323;
  private static final int OLDEST = 6;

  /** The names that compatible services are reached by. */
  private static final List<String> SERVICES =
      List.of(".docdb.", ".docdb-elastic.", ".cosmos.azure.", ".documents.azure.");

  /** Asks a server; two round trips. */
  static ServerKind of(MongoDatabase database) {
    return MongoErrors.answer(
        "asking which kind of server it is",
        () -> of(database.runCommand(new Document("hello", 1)), buildInfo(database)));
  }

  /** Null when the client is set to be strict, which forbids the command. */
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
   * Judges answers.
   *
   * @param build null when the server may not tell, since the Stable API is in strict mode
   */
  static ServerKind of(Document hello, @Nullable Document build) {
    boolean replicated = hello.containsKey("setName") || "isdbgrid".equals(hello.get("msg"));
    if (hello.containsKey("mrqEmbedded")) {
      return new ServerKind(replicated, List.of());
    }
    List<String> complaints = new ArrayList<>();
    if (build == null) {
      complaints.add(
          "The MongoDB client is set to apiStrict=true, which forbids what lost jobs are found"
              + " with (distinct): set it to false.");
    } else {
      judge(hello, build, complaints);
    }
    if (!replicated) {
      complaints.add(
          "This MongoDB is a standalone, which cannot repeat a write after a broken connection, and"
              + " loses all when its disk does: use a replica set of three members.");
    }
    return new ServerKind(replicated, List.copyOf(complaints));
  }

  private static void judge(Document hello, Document build, List<String> complaints) {
    if (isCompatible(hello, build)) {
      complaints.add(
          "This server is compatible with MongoDB, but not MongoDB itself: MRQ is neither tested"
              + " nor supported on it, see docs/deploying.md.");
    } else if (build.get("version") instanceof String version && isOld(version)) {
      complaints.add(
          "This MongoDB is of version %s, and MRQ is made for %d.0 and newer: update it."
              .formatted(version, OLDEST));
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
    return major.matches("\\d{1,4}") && Integer.parseInt(major) < OLDEST;
  }
}
