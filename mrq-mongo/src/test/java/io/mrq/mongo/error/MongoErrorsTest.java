package io.mrq.mongo.error;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoServerException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.MongoWriteException;
import com.mongodb.ServerAddress;
import com.mongodb.WriteConcernResult;
import com.mongodb.WriteError;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.bulk.WriteConcernError;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import io.mrq.job.NewJob;
import io.mrq.mongo.MongoStores;
import io.mrq.mongo.TestMongo;
import io.mrq.mongo.job.JobDocuments;
import io.mrq.query.JobFilter;
import io.mrq.store.NotStorableException;
import io.mrq.store.StoreRefusedException;
import io.mrq.store.StoreUnavailableException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonMaximumSizeExceededException;
import org.bson.Document;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the driver throws reaches callers as one of the ports' exceptions. */
class MongoErrorsTest {
  private static final ServerAddress SERVER = new ServerAddress();
  private static final int TOO_LARGE = 17419;
  private static final int NOT_PRIMARY = 10107;
  private static final int DUPLICATE = 11000;
  private static final WriteConcernError LATE =
      new WriteConcernError(64, "WriteConcernFailed", "late", new BsonDocument());

  static Stream<RuntimeException> unclear() {
    return Stream.of(
        new MongoSocketReadException("cut", SERVER),
        new MongoTimeoutException("no server"),
        new MongoOperationTimeoutException("late"),
        new MongoNotPrimaryException(new BsonDocument(), SERVER),
        new MongoNodeIsRecoveringException(new BsonDocument(), SERVER),
        new MongoInterruptedException("interrupted", new InterruptedException()),
        new MongoCommandException(BsonDocument.parse("{code: 13}"), SERVER),
        write(371),
        new MongoWriteConcernException(LATE, WriteConcernResult.unacknowledged(), SERVER, Set.of()),
        new MongoException("anything"),
        new IllegalStateException("state should be: open"),
        bulk(null, NOT_PRIMARY),
        bulk(null, TOO_LARGE, NOT_PRIMARY),
        bulk(LATE),
        bulk(LATE, TOO_LARGE));
  }

  @ParameterizedTest
  @MethodSource("unclear")
  void whatLeavesTheResultUnknownIsUnavailable(RuntimeException thrown) {
    assertThatThrownBy(() -> MongoErrors.run("testing", throwing(thrown)))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageStartingWith(
            thrown instanceof MongoServerException
                ? "MongoDB answered with an error while testing: "
                : "MongoDB did not answer while testing: ")
        .hasCause(thrown);
  }

  static Stream<RuntimeException> refusals() {
    return Stream.of(
        new BsonMaximumSizeExceededException("too large"),
        new CodecConfigurationException("no codec"),
        new MongoCommandException(BsonDocument.parse("{code: 10334}"), SERVER),
        bulk(null, TOO_LARGE),
        bulk(null, DUPLICATE, TOO_LARGE),
        write(14),
        write(121));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whatCanNeverBeStoredIsNotStorable(RuntimeException thrown) {
    assertThatThrownBy(() -> MongoErrors.run("testing", throwing(thrown)))
        .isInstanceOf(NotStorableException.class)
        .hasMessageContaining("esting");
  }

  @Test
  void mistakesOfTheCallerStayWhatTheyAre() {
    assertThatThrownBy(
            () -> MongoErrors.run("testing", throwing(new IllegalArgumentException("mine"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 9, 14, 16556})
  void aQuestionThatMongoDbCannotWorkOutIsRefused(int code) {
    assertThatThrownBy(() ->
            MongoErrors.run(
                "testing",
                throwing(
                    new MongoCommandException(
                        BsonDocument.parse("{code: " + code + ", errmsg: 'odd'}"), SERVER))))
        .isInstanceOf(StoreRefusedException.class)
        .isNotInstanceOf(NotStorableException.class)
        .hasMessageStartingWith("MongoDB refused the command while testing: ")
        .hasMessageContaining("odd");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        NOT_PRIMARY,
        1,
        91,
        112,
        189,
        249,
        11600,
        11602,
        13435,
        50,
        262,
        319,
        338,
        342,
        365,
        371,
        388,
        402,
        406,
        407,
        8000,
        99999
      })
  void whatIsNotKnownAsARefusalPasses(int code) {
    assertThat(MongoErrors.isRefusal(error(0, code))).isFalse();
    assertThat(MongoErrors.isRefusal(write(code))).isFalse();
    assertThat(
            MongoErrors.isRefusal(
                new MongoCommandException(BsonDocument.parse("{code: " + code + "}"), SERVER)))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "E11000 duplicate key error collection: a.mrq_jobs index: _id_ dup key: { _id: 1 }",
        "E11000 duplicate key error index: a.mrq_jobs.$_id_ dup key: { : 1 }",
        "Duplicate key violation on the requested collection."
      })
  void aDuplicateKeyIsATakenIdWhateverTheServersWords(String message) {
    assertThat(
            MongoErrors.isDuplicateId(
                new BulkWriteError(DUPLICATE, message, new BsonDocument(), 0)))
        .isTrue();
  }

  @Test
  void aDuplicateKeyOfAnotherIndexIsNoTakenId() {
    String message =
        "E11000 duplicate key error collection: a.mrq_jobs index: path_1 dup key: { path: 'index: _id_' }";

    assertThat(
            MongoErrors.isDuplicateId(
                new BulkWriteError(DUPLICATE, message, new BsonDocument(), 0)))
        .isFalse();
  }

  @Test
  void aJobThatAnotherUniqueIndexRefusesIsNotTakenForStored() {
    MongoDatabase database = TestMongo.newDatabase();
    database
        .getCollection("mrq_jobs")
        .createIndex(new Document("path", 1), new IndexOptions().unique(true));
    MongoStores stores = MongoStores.of(database);
    NewJob first = aNewJob().build();
    stores.jobs().insert(List.of(first));

    stores.jobs().insert(List.of(first));
    assertThatThrownBy(() -> stores.jobs().insert(List.of(first, aNewJob().build())))
        .isInstanceOf(NotStorableException.class);
  }

  @Test
  void aJobThatIsTooLargeIsRefusedBeforeAnythingIsSent() {
    MongoStores stores = MongoStores.of(TestMongo.newDatabase());
    NewJob large = aNewJob().param("a", new byte[JobDocuments.MAX_SIZE]).build();

    assertThatThrownBy(() -> stores.jobs().insert(List.of(aNewJob().build(), large)))
        .isInstanceOf(NotStorableException.class)
        .hasMessageStartingWith("The document of job " + large.id() + " takes 15,728,");

    assertThat(stores.queries().list(JobFilter.ALL, null, 10)).isEmpty();
  }

  private static Runnable throwing(RuntimeException thrown) {
    return () -> {
      throw thrown;
    };
  }

  private static MongoBulkWriteException bulk(@Nullable WriteConcernError concern, int... codes) {
    List<BulkWriteError> errors = Arrays.stream(codes).mapToObj(code -> error(0, code)).toList();
    return new MongoBulkWriteException(
        BulkWriteResult.unacknowledged(), errors, concern, SERVER, Set.of());
  }

  private static MongoWriteException write(int code) {
    return new MongoWriteException(
        new WriteError(code, "told by the server", new BsonDocument()), SERVER, Set.of());
  }

  private static BulkWriteError error(int index, int code) {
    return new BulkWriteError(code, "told by the server", new BsonDocument(), index);
  }
}
