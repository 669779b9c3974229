package io.mrq.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.MongoServerException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScript;
import org.bson.BsonMaxKey;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is carried out on bytes has the effect of what the library carries out. The same commands go
 * to two collections, to one of them with a comment, which only the library takes.
 */
class RawCommandsTest extends OnEmptyCollection {
  private static final int ROUNDS = 400;
  private static final BsonString COMMENT = new BsonString("for the library");
  private static final List<String> FIELDS = List.of("a", "b", "status", "queue", "x.y");

  private final List<ObjectId> ids = IntStream.range(0, 12).mapToObj(_ -> new ObjectId()).toList();
  private Random random = new Random();
  private MongoCollection<RawBsonDocument> raw = none();
  private MongoCollection<RawBsonDocument> decoded = none();

  private static MongoCollection<RawBsonDocument> none() {
    return client.getDatabase("mrq").getCollection("none", RawBsonDocument.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void random_commands_have_the_same_effect(long seed) {
    random = new Random(seed);
    raw = collection("raw");
    decoded = collection("decoded");
    for (int round = 0; round < ROUNDS; round++) {
      insert();
      update();
      updateSeveral();
      findAndUpdate();
      find();
      if (round % 20 == 0) {
        assertThat(counts(raw)).isEqualTo(counts(decoded));
        remove();
      }
    }
  }

  private MongoCollection<RawBsonDocument> collection(String name) {
    MongoCollection<RawBsonDocument> collection =
        database.getCollection(name() + name, RawBsonDocument.class);
    collection.createIndex(Indexes.ascending("status", "a"));
    collection.createIndex(Indexes.ascending("b"), new IndexOptions().sparse(true));
    collection.createIndex(Indexes.ascending("x.y", "queue"));
    partial(collection, "queued", new Document("status", "queued"));
    partial(
        collection, "some", new Document("status", new Document("$in", List.of("a", "queued"))));
    partial(collection, "having", new Document("b", new Document("$exists", true)));
    partial(collection, "text", new Document("a", new Document("$gt", "")));
    partial(collection, "inner", new Document("x.y", 1).append("status", "queued"));
    return collection;
  }

  private static void partial(
      MongoCollection<RawBsonDocument> collection, String name, Document only) {
    collection.createIndex(
        Indexes.ascending("queue", "a"),
        new IndexOptions().name(name).partialFilterExpression(only));
  }

  private void insert() {
    List<RawBsonDocument> documents = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      documents.add(encoded(document()));
    }
    boolean ordered = random.nextBoolean();
    compare(
        documents.toString(),
        () -> raw.insertMany(documents, new InsertManyOptions().ordered(ordered)),
        () ->
            decoded.insertMany(
                documents, new InsertManyOptions().ordered(ordered).comment(COMMENT)));
  }

  private void update() {
    BsonDocument filter = filter();
    BsonDocument update = changes();
    UpdateOptions options = new UpdateOptions().hint(hint());
    UpdateOptions commented = new UpdateOptions().hint(options.getHint()).comment(COMMENT);
    String what = filter.toJson() + " " + update.toJson();
    if (random.nextBoolean()) {
      compare(
          what,
          () -> raw.updateOne(filter, update, options),
          () -> decoded.updateOne(filter, update, commented));
    } else {
      compare(
          what,
          () -> raw.updateMany(filter, update, options),
          () -> decoded.updateMany(filter, update, commented));
    }
  }

  private void updateSeveral() {
    List<UpdateOneModel<RawBsonDocument>> writes = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      UpdateOptions options = new UpdateOptions().hint(hint()).upsert(random.nextInt(20) == 0);
      BsonDocument filter = filter();
      if (options.isUpsert()) {
        filter.append("_id", new BsonObjectId(ids.get(random.nextInt(ids.size()))));
      }
      writes.add(new UpdateOneModel<>(filter, changes(), options));
    }
    boolean ordered = random.nextBoolean();
    compare(
        writes.toString(),
        () -> raw.bulkWrite(writes, new BulkWriteOptions().ordered(ordered)),
        () -> decoded.bulkWrite(writes, new BulkWriteOptions().ordered(ordered).comment(COMMENT)));
  }

  private void findAndUpdate() {
    BsonDocument filter = filter();
    if (random.nextBoolean()) {
      filter.append("_id", new BsonObjectId(ids.get(random.nextInt(ids.size()))));
    }
    BsonDocument update = changes();
    FindOneAndUpdateOptions options = findAndUpdateOptions();
    FindOneAndUpdateOptions commented =
        new FindOneAndUpdateOptions()
            .hint(options.getHint())
            .returnDocument(options.getReturnDocument())
            .projection(options.getProjection())
            .comment(COMMENT);
    compare(
        filter.toJson() + " " + update.toJson(),
        () -> raw.findOneAndUpdate(filter, update, options),
        () -> decoded.findOneAndUpdate(filter, update, commented));
  }

  private FindOneAndUpdateOptions findAndUpdateOptions() {
    return new FindOneAndUpdateOptions()
        .hint(hint())
        .returnDocument(random.nextBoolean() ? ReturnDocument.AFTER : ReturnDocument.BEFORE)
        .projection(random.nextInt(3) == 0 ? projection() : null);
  }

  private @Nullable BsonDocument hint() {
    return random.nextInt(20) == 0 ? new BsonDocument("none", new BsonInt32(1)) : null;
  }

  private void find() {
    BsonDocument filter = filter();
    int limit = random.nextInt(4);
    BsonDocument projection = random.nextInt(3) == 0 ? projection() : new BsonDocument();
    int batchSize = random.nextInt(20);
    compare(
        filter.toJson() + " " + projection.toJson(),
        () -> found(raw.find(filter), limit, projection, batchSize),
        () -> found(decoded.find(filter).comment(COMMENT), limit, projection, batchSize));
  }

  private static List<RawBsonDocument> found(
      FindIterable<RawBsonDocument> query, int limit, BsonDocument projection, int batchSize) {
    return query.limit(limit).projection(projection).batchSize(batchSize).into(new ArrayList<>());
  }

  private void remove() {
    BsonDocument filter = new BsonDocument("status", text());
    raw.deleteMany(filter);
    decoded.deleteMany(filter);
  }

  /** Both do the same, and leave the same documents in the same order of bytes. */
  private void compare(String what, Supplier<Object> one, Supplier<Object> other) {
    assertThat(outcome(one)).as(what).isEqualTo(outcome(other));
    assertThat(all(raw)).as(what).isEqualTo(all(decoded));
  }

  private static List<RawBsonDocument> all(MongoCollection<RawBsonDocument> collection) {
    return collection.find().sort(new Document("_id", 1)).into(new ArrayList<>());
  }

  private static String outcome(Supplier<Object> command) {
    try {
      return String.valueOf(command.get());
    } catch (MongoBulkWriteException e) {
      return e.getWriteResult() + " " + withoutName(e.getWriteErrors());
    } catch (MongoWriteException e) {
      return withoutName(e.getError());
    } catch (MongoServerException e) {
      return e.getCode() + " " + withoutName(e.getMessage());
    } catch (MongoException | IllegalArgumentException e) {
      return e.getClass() + " " + e.getMessage();
    }
  }

  private static String withoutName(@Nullable Object error) {
    return String.valueOf(error).replaceAll("jobs[0-9a-f]{24}(raw|decoded)", "jobs");
  }

  /** The entries of each index. */
  private @Nullable Object counts(MongoCollection<RawBsonDocument> collection) {
    return database
        .runCommand(new Document("validate", collection.getNamespace().getCollectionName()))
        .get("keysPerIndex");
  }

  private static RawBsonDocument encoded(BsonDocument document) {
    return new RawBsonDocument(document, new BsonDocumentCodec());
  }

  private BsonDocument document() {
    BsonDocument document = new BsonDocument();
    if (random.nextInt(20) > 0) {
      document.append("_id", new BsonObjectId(ids.get(random.nextInt(ids.size()))));
    } else {
      document.append("_id", new BsonInt32(random.nextInt(5)));
    }
    List<String> fields = new ArrayList<>(List.of("a", "b", "status", "queue"));
    Collections.shuffle(fields, random);
    for (String field : fields) {
      if (random.nextInt(4) > 0) {
        document.append(field, value());
      }
    }
    if (random.nextBoolean()) {
      document.append("x", new BsonDocument("y", value()));
    }
    return document;
  }

  private BsonDocument filter() {
    BsonDocument filter = new BsonDocument();
    List<BsonValue> some = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      some.add(new BsonObjectId(ids.get(random.nextInt(ids.size()))));
    }
    filter.append(
        "_id",
        random.nextBoolean() ? some.getFirst() : new BsonDocument("$in", new BsonArray(some)));
    for (String field : FIELDS) {
      switch (random.nextInt(9)) {
        case 0, 1 -> filter.append(field, text());
        case 2 -> filter.append(field, value());
        case 3 ->
            filter.append(
                field, new BsonDocument("$in", new BsonArray(List.of(text(), text(), text()))));
        case 4 ->
            filter.append(field, new BsonDocument("$in", new BsonArray(List.of(text(), value()))));
        default -> {}
      }
    }
    return filter;
  }

  @Test
  void operators_without_fields_and_replacements_have_the_same_effect() {
    raw = collection("raw");
    decoded = collection("decoded");
    raw.insertOne(encoded(new BsonDocument("_id", new BsonObjectId(ids.getFirst()))));
    decoded.insertOne(encoded(new BsonDocument("_id", new BsonObjectId(ids.getFirst()))));
    for (String update :
        List.of(
            "{foo: {}}",
            "{$foo: {}}",
            "{$set: {a: 1}, foo: {}}",
            "{$set: {}}",
            "{$set: {a: 1}, $inc: {}}",
            "{foo: {}, bar: {}}",
            "{foo: {a: 1}}")) {
      Document one =
          new Document("q", new Document("_id", ids.getFirst()))
              .append("u", Document.parse(update));
      compare(update, () -> sent("raw", one, false), () -> sent("decoded", one, true));
    }
  }

  /** The driver refuses some updates before they are sent, so this is a command. */
  private Document sent(String collection, Document update, boolean toTheLibrary) {
    Document command =
        new Document("update", name() + collection).append("updates", List.of(update));
    return database.runCommand(
        toTheLibrary ? command.append("comment", COMMENT.getValue()) : command);
  }

  private BsonDocument changes() {
    BsonDocument update = new BsonDocument();
    List<String> fields = new ArrayList<>(FIELDS);
    fields.addAll(List.of("new", "other"));
    if (random.nextInt(15) == 0) {
      fields.addAll(List.of("_id", "a", "$bad", "x", "c."));
    }
    Collections.shuffle(fields, random);
    for (String field : fields.subList(0, 1 + random.nextInt(4))) {
      switch (random.nextInt(10)) {
        case 0, 1, 2, 3 -> of(update, "$set").append(field, value());
        case 4, 5 -> of(update, "$unset").append(field, new BsonString(""));
        case 6, 7 -> of(update, "$inc").append(field, number());
        case 8 -> of(update, "$push").append(field, value());
        default -> of(update, "$min").append(field, number());
      }
    }
    return update;
  }

  private static BsonDocument of(BsonDocument update, String operator) {
    if (!update.containsKey(operator)) {
      update.append(operator, new BsonDocument());
    }
    return update.getDocument(operator);
  }

  private BsonDocument projection() {
    BsonDocument projection = new BsonDocument();
    BsonValue shown = new BsonInt32(random.nextInt(2));
    for (String field : FIELDS) {
      if (random.nextInt(3) == 0) {
        projection.append(field, random.nextInt(12) == 0 ? new BsonInt32(1) : shown);
      }
    }
    if (random.nextInt(3) == 0) {
      projection.append("_id", new BsonBoolean(random.nextBoolean()));
    }
    return projection;
  }

  private BsonValue text() {
    return new BsonString(List.of("queued", "a", "b", "").get(random.nextInt(4)));
  }

  private BsonValue number() {
    return switch (random.nextInt(6)) {
      case 0 -> new BsonInt64(random.nextInt(3));
      case 1 -> new BsonDouble(random.nextInt(3) / 2.0);
      case 2 -> new BsonInt32(Integer.MAX_VALUE);
      case 3 -> new BsonDouble(-0.0);
      case 4 -> random.nextInt(4) == 0 ? value() : new BsonInt64(Long.MAX_VALUE);
      default -> new BsonInt32(1);
    };
  }

  private BsonValue value() {
    return switch (random.nextInt(26)) {
      case 0 -> BsonNull.VALUE;
      case 1 -> BsonBoolean.valueOf(random.nextBoolean());
      case 2 -> new BsonInt32(random.nextInt(3));
      case 3 -> new BsonInt64(random.nextInt(3));
      case 4 -> new BsonDouble(random.nextInt(3));
      case 5 -> new BsonDouble(Double.NaN);
      case 6 -> new BsonDateTime(random.nextInt(3));
      case 7 -> new BsonObjectId(ids.get(random.nextInt(3)));
      case 8 -> new BsonArray(List.of(text(), new BsonInt32(1)));
      case 9 -> new BsonArray();
      case 10 -> new BsonDocument("k", new BsonArray(List.of(new BsonDocument("l", text()))));
      case 11 -> new BsonBinary(new byte[] {1, 2});
      case 12 -> new BsonBinary((byte) 0x80, new byte[] {1});
      case 13 -> new BsonDecimal128(Decimal128.parse("1.50"));
      case 14 -> new BsonTimestamp(3, 4);
      case 15 -> new BsonString("gr\u00fc\u00df \ud83d\ude00");
      case 16 -> new BsonString("with\u0000zero");
      case 17 -> new BsonUndefined();
      case 18 -> new BsonMaxKey();
      case 19 -> new BsonJavaScript("x");
      case 20 -> random.nextInt(3) == 0 ? new BsonRegularExpression("^q", "i") : new BsonInt32(1);
      case 21 -> new BsonDocument("y", text());
      default -> text();
    };
  }
}
