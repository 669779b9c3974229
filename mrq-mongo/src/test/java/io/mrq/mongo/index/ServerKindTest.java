package io.mrq.mongo.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.mongo.TestMongo;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the stores say of the server that they find. */
class ServerKindTest {
  private static final Document MEMBER =
      new Document("setName", "rs0").append("hosts", List.of("a.example:27017"));
  private static final Document NEW = new Document("version", "8.0.4");

  @Test
  void aReplicaSetAndAShardedClusterAreWhatIsNeeded() {
    assertThat(ServerKind.of(MEMBER, NEW)).isEqualTo(new ServerKind(true, List.of()));
    assertThat(ServerKind.of(new Document("msg", "isdbgrid"), new Document("version", "6.0.0")))
        .isEqualTo(new ServerKind(true, List.of()));
  }

  @Test
  void theEmbeddedStoreIsNoCauseForComplaint() {
    if (TestMongo.isEmbedded()) {
      assertThat(ServerKind.of(TestMongo.newDatabase()))
          .isEqualTo(new ServerKind(false, List.of()));
    }
  }

  static Stream<Arguments> troubles() {
    return Stream.of(
        Arguments.of(new Document(), NEW, "is a standalone"),
        Arguments.of(MEMBER, new Document("version", "5.0.31"), "is of version 5.0.31"),
        Arguments.of(MEMBER, null, "apiStrict=true"),
        Arguments.of(
            MEMBER,
            new Document("version", "7.0.42").append("ferretdb", new Document()),
            "not MongoDB itself"),
        Arguments.of(
            new Document(MEMBER)
                .append("internal", new Document("documentdb_versions", List.of("0.108-0"))),
            NEW,
            "not MongoDB itself"),
        Arguments.of(
            new Document("setName", "rs0")
                .append("hosts", List.of("x.cluster-y.eu-west-1.docdb.amazonaws.com:27017")),
            new Document("version", "5.0.0"),
            "not MongoDB itself"),
        Arguments.of(
            new Document("setName", "globaldb").append("me", "x.mongo.cosmos.azure.com:10255"),
            new Document("version", "4.2.0"),
            "not MongoDB itself"));
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void whatIsNotNeededIsToldInASentence(Document hello, @Nullable Document build, String expected) {
    assertThat(ServerKind.of(hello, build).complaints())
        .singleElement()
        .asString()
        .contains(expected)
        .endsWith(".");
  }
}
