package io.mrq.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Random;
import org.bson.BsonValue;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With indexes every query finds what it finds without, in the same order. */
class OrderedIndexTest {

  private static final int DOCUMENTS = 300;
  private static final int QUERIES = 150;
  private static final List<String> FIELDS = List.of("a", "b", "c", "d.e");

  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void random_queries_find_the_same_with_and_without_indexes(boolean odd) {
    Random random = new Random(odd ? 3 : 4);
    try (EmbeddedMongo mongo = EmbeddedMongo.open(EmbeddedMongoOptions.in(dir));
        MongoClient client = MongoClients.create(mongo.uri())) {
      MongoCollection<Document> plain = client.getDatabase("mrq").getCollection("plain");
      MongoCollection<Document> indexed = client.getDatabase("mrq").getCollection("indexed");
      createIndexes(indexed, 0);
      for (int id = 0; id < DOCUMENTS; id++) {
        Document document = document(id, random, odd);
        plain.insertOne(document);
        indexed.insertOne(document);
      }
      createIndexes(indexed, 1);
      for (int i = 0; i < QUERIES; i++) {
        compare(plain, indexed, random);
        compareDistinct(plain, indexed, random);
        compareGroups(plain, indexed, random);
        change(plain, indexed, random, odd);
      }
    }
    try (EmbeddedMongo mongo = EmbeddedMongo.open(EmbeddedMongoOptions.in(dir));
        MongoClient client = MongoClients.create(mongo.uri())) {
      MongoCollection<Document> plain = client.getDatabase("mrq").getCollection("plain");
      MongoCollection<Document> indexed = client.getDatabase("mrq").getCollection("indexed");
      assertThat(indexed.countDocuments()).isEqualTo(plain.countDocuments());
      for (int i = 0; i < QUERIES; i++) {
        compare(plain, indexed, random);
      }
    }
  }

  private static void createIndexes(MongoCollection<Document> collection, int half) {
    if (half == 0) {
      collection.createIndex(Indexes.ascending("a", "b", "c"));
      collection.createIndex(Indexes.ascending("b"), new IndexOptions().sparse(true));
      return;
    }
    collection.createIndex(Indexes.ascending("c", "d.e", "_id"));
    collection.createIndex(Indexes.ascending("b", "a"));
    collection.createIndex(Indexes.ascending("d.e", "c"), new IndexOptions().sparse(true));
    collection.createIndex(
        Indexes.ascending("a", "c", "b"),
        new IndexOptions()
            .name("texts")
            .partialFilterExpression(new Document("c", new Document("$gt", ""))));
  }

  private static void compare(
      MongoCollection<Document> plain, MongoCollection<Document> indexed, Random random) {
    Document filter = filter(random);
    Document sort = sort(random);
    int limit = random.nextInt(3) * 10;
    String what = filter.toJson() + " sorted by " + sort.toJson() + " limit " + limit;
    if (sort.isEmpty()) {
      assertThat(find(indexed, filter, sort, 0))
          .as(what)
          .containsExactlyInAnyOrderElementsOf(find(plain, filter, sort, 0));
      assertThat(indexed.countDocuments(filter)).isEqualTo(plain.countDocuments(filter));
      assertThat(find(indexed, filter, sort, limit))
          .hasSameSizeAs(find(plain, filter, sort, limit));
    } else {
      assertThat(find(indexed, filter, sort, limit))
          .as(what)
          .isEqualTo(find(plain, filter, sort, limit));
    }
  }

  private static void compareDistinct(
      MongoCollection<Document> plain, MongoCollection<Document> indexed, Random random) {
    for (Document filter :
        List.of(
            new Document(),
            new Document("b", new Document("$gte", "x").append("$lt", "y1")),
            new Document("c", new Document("$gt", "")),
            new Document("c", "x"),
            new Document("a", random.nextInt(3)).append("c", "y1"),
            new Document("a", random.nextInt(3)),
            new Document("a", random.nextInt(3)).append("b", "x"),
            new Document("c", new Document("$in", List.of(0, "x"))))) {
      for (String field : List.of("b", "c", "d.e")) {
        assertThat(distinct(indexed, field, filter)).isEqualTo(distinct(plain, field, filter));
      }
      assertThat(indexed.countDocuments(filter)).isEqualTo(plain.countDocuments(filter));
    }
  }

  private static void compareGroups(
      MongoCollection<Document> plain, MongoCollection<Document> indexed, Random random) {
    Document text = new Document("$gt", "");
    for (Document filter :
        List.of(
            new Document("c", text),
            new Document("a", "x").append("c", text),
            new Document("a", new Document("$in", List.of("x", "y1", 1))).append("c", text),
            new Document("a", random.nextInt(3)).append("b", "x"))) {
      Document key = new Document("a", "$a").append("c", "$c");
      Document group =
          new Document("_id", key)
              .append("n", new Document("$sum", 1))
              .append("id", new Document("$min", "$_id"));
      List<Document> pipeline =
          List.of(new Document("$match", filter), new Document("$group", group));
      assertThat(groups(indexed, pipeline))
          .as(filter.toJson())
          .containsExactlyInAnyOrderElementsOf(groups(plain, pipeline));
    }
  }

  private static List<Object> groups(
      MongoCollection<Document> collection, List<Document> pipeline) {
    List<Object> groups = new ArrayList<>();
    collection.aggregate(pipeline).forEach(group -> groups.add(withDoubles(group)));
    return groups;
  }

  /** Which of several equal numbers stands for them is open. */
  private static Object withDoubles(Object value) {
    return switch (value) {
      case Number number -> number.doubleValue();
      case Document document -> {
        Document changed = new Document();
        document.forEach(
            (key, part) -> changed.append(key, part == null ? "null" : withDoubles(part)));
        yield changed;
      }
      case List<?> list -> list.stream().map(OrderedIndexTest::withDoubles).toList();
      default -> value;
    };
  }

  /** Which of several equal numbers stands for them is open. */
  private static List<@Nullable Object> distinct(
      MongoCollection<Document> collection, String field, Document filter) {
    List<@Nullable Object> values = new ArrayList<>();
    for (BsonValue value : collection.distinct(field, filter, BsonValue.class)) {
      values.add(value != null && value.isNumber() ? value.asNumber().doubleValue() : value);
    }
    return values;
  }

  @Test
  void no_choice_finds_nothing() {
    try (EmbeddedMongo mongo = EmbeddedMongo.open(EmbeddedMongoOptions.in(dir));
        MongoClient client = MongoClients.create(mongo.uri())) {
      MongoCollection<Document> jobs = client.getDatabase("mrq").getCollection("jobs");
      jobs.createIndex(Indexes.ascending("queue", "status", "path"));
      jobs.insertOne(new Document("queue", "q").append("status", "queued"));
      Document none = new Document("queue", new Document("$in", List.of()));

      assertThat(jobs.find(none).sort(new Document("status", 1))).isEmpty();
      assertThat(jobs.countDocuments(none)).isZero();
      assertThat(jobs.countDocuments(none.append("status", "queued"))).isZero();
    }
  }

  @Test
  void distinct_texts_and_counts_come_from_the_index() {
    try (EmbeddedMongo mongo = EmbeddedMongo.open(EmbeddedMongoOptions.in(dir));
        MongoClient client = MongoClients.create(mongo.uri())) {
      MongoCollection<Document> jobs = client.getDatabase("mrq").getCollection("jobs");
      jobs.createIndex(Indexes.ascending("status", "queue", "path"));
      for (int i = 0; i < 60; i++) {
        jobs.insertOne(
            new Document("status", i % 2 == 0 ? "queued" : "started").append("queue", "q" + i % 6));
      }
      Document queued = new Document("status", "queued");
      assertThat(jobs.distinct("queue", queued, String.class).into(new ArrayList<>()))
          .containsExactly("q0", "q2", "q4");
      assertThat(jobs.countDocuments(queued)).isEqualTo(30);
      assertThat(jobs.countDocuments(new Document("status", "queued").append("queue", "q2")))
          .isEqualTo(10);
      assertThat(jobs.countDocuments(new Document("status", "failed"))).isZero();
    }
  }

  @Test
  void groups_of_texts_come_from_the_index() {
    try (EmbeddedMongo mongo = EmbeddedMongo.open(EmbeddedMongoOptions.in(dir));
        MongoClient client = MongoClients.create(mongo.uri())) {
      MongoCollection<Document> jobs = client.getDatabase("mrq").getCollection("jobs");
      jobs.createIndex(Indexes.ascending("status", "path", "date"));
      for (int i = 0; i < 60; i++) {
        jobs.insertOne(
            new Document("status", i % 2 == 0 ? "failed" : "success")
                .append("path", "p" + i % 6)
                .append("date", new Date(i * 1_000L)));
      }
      Document old = new Document("$gte", Arrays.asList("$date", new Date(30_000)));
      Document key =
          new Document("path", "$path")
              .append("old", new Document("$cond", Arrays.asList(old, "new", "old")));

      List<Document> groups =
          jobs.aggregate(
                  List.of(
                      new Document("$match", new Document("status", "failed")),
                      new Document(
                          "$group",
                          new Document("_id", key)
                              .append("n", new Document("$sum", 1))
                              .append("last", new Document("$max", "$date"))),
                      new Document("$sort", new Document("_id", 1))))
              .into(new ArrayList<>());

      assertThat(groups).hasSize(6);
      assertThat(groups.getFirst())
          .isEqualTo(
              new Document("_id", new Document("path", "p0").append("old", "new"))
                  .append("n", 5)
                  .append("last", new Date(54_000)));
    }
  }

  @Test
  void a_partial_index_serves_only_who_asks_for_its_part() {
    try (EmbeddedMongo mongo = EmbeddedMongo.open(EmbeddedMongoOptions.in(dir));
        MongoClient client = MongoClients.create(mongo.uri())) {
      MongoCollection<Document> jobs = client.getDatabase("mrq").getCollection("jobs");
      jobs.createIndex(
          Indexes.ascending("status", "error"),
          new IndexOptions()
              .partialFilterExpression(new Document("error", new Document("$gt", ""))));
      jobs.insertMany(
          List.of(
              new Document("_id", 1).append("status", "failed").append("error", "E"),
              new Document("_id", 2).append("status", "failed"),
              new Document("_id", 3).append("status", "failed").append("error", "")));
    }
    try (EmbeddedMongo mongo = EmbeddedMongo.open(EmbeddedMongoOptions.in(dir));
        MongoClient client = MongoClients.create(mongo.uri())) {
      MongoCollection<Document> jobs = client.getDatabase("mrq").getCollection("jobs");
      Document failed = new Document("status", "failed");

      assertThat(jobs.countDocuments(failed)).isEqualTo(3);
      assertThat(jobs.countDocuments(new Document(failed).append("error", "E"))).isEqualTo(1);
      assertThat(jobs.countDocuments(new Document(failed).append("error", null))).isEqualTo(1);
      jobs.updateOne(new Document("_id", 2), new Document("$set", new Document("error", "E")));
      jobs.updateOne(new Document("_id", 1), new Document("$unset", new Document("error", "")));
      assertThat(jobs.find(new Document(failed).append("error", "E")))
          .extracting(document -> document.get("_id"))
          .containsExactly(2);
    }
  }

  private static void change(
      MongoCollection<Document> plain,
      MongoCollection<Document> indexed,
      Random random,
      boolean odd) {
    Document filter = filter(random).append("_id", new Document("$lt", random.nextInt(20)));
    Document update = new Document();
    String field = FIELDS.get(random.nextInt(FIELDS.size()));
    if (random.nextInt(4) == 0) {
      update.append("$unset", new Document(field, ""));
    } else {
      update.append("$set", new Document(field, value(random, odd)));
    }
    assertThat(indexed.updateMany(filter, update)).isEqualTo(plain.updateMany(filter, update));
    if (random.nextInt(10) == 0) {
      Document one = new Document("_id", random.nextInt(DOCUMENTS)).append("a", value(random, odd));
      assertThat(indexed.deleteMany(one)).isEqualTo(plain.deleteMany(one));
    }
  }

  private static List<Integer> find(
      MongoCollection<Document> collection, Document filter, Document sort, int limit) {
    return collection.find(filter).sort(sort).limit(limit).into(new ArrayList<>()).stream()
        .map(document -> document.getInteger("_id"))
        .toList();
  }

  private static Document document(int id, Random random, boolean odd) {
    Document document = new Document("_id", id);
    for (String field : List.of("a", "b", "c")) {
      if (random.nextInt(5) > 0) {
        document.append(field, value(random, odd));
      }
    }
    if (random.nextInt(4) > 0) {
      document.append("d", new Document("e", value(random, odd)));
    }
    return document;
  }

  private static @Nullable Object value(Random random, boolean odd) {
    return switch (random.nextInt(odd ? 12 : 9)) {
      case 0 -> null;
      case 1 -> "x";
      case 2 -> "y" + random.nextInt(2);
      case 3 -> new Date(random.nextInt(3) * 1_000L);
      case 4 -> random.nextBoolean();
      case 5 -> random.nextInt(3) * 1.0;
      case 6 -> (long) random.nextInt(3);
      case 9 -> Arrays.asList(random.nextInt(3), "x");
      case 10 -> new Document("k", random.nextInt(2));
      case 11 -> Double.NaN;
      default -> random.nextInt(4);
    };
  }

  private static Document filter(Random random) {
    Document filter = new Document();
    for (String field : FIELDS) {
      switch (random.nextInt(7)) {
        case 0, 1 -> filter.append(field, value(random, false));
        case 2 ->
            filter.append(
                field,
                new Document("$in", Arrays.asList(value(random, false), value(random, false))));
        case 3 ->
            filter.append(
                field,
                new Document(random.nextBoolean() ? "$gte" : "$gt", random.nextInt(3))
                    .append(random.nextBoolean() ? "$lte" : "$lt", random.nextInt(4)));
        case 4 -> filter.append(field, new Document("$lte", new Date(random.nextInt(3) * 1_000L)));
        default -> {}
      }
    }
    return filter;
  }

  private static Document sort(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> new Document("c", 1).append("_id", 1);
      case 1 -> new Document("b", -1).append("c", -1).append("_id", -1);
      case 2 -> new Document("a", 1).append("b", 1).append("c", -1).append("_id", 1);
      case 3 -> new Document("_id", random.nextBoolean() ? 1 : -1);
      case 4 -> new Document("d.e", 1).append("_id", 1);
      default -> new Document();
    };
  }

  @Test
  void an_index_made_later_covers_what_is_there_and_goes_with_its_collection() {
    try (EmbeddedMongo mongo = EmbeddedMongo.open(EmbeddedMongoOptions.in(dir));
        MongoClient client = MongoClients.create(mongo.uri())) {
      MongoCollection<Document> jobs = client.getDatabase("mrq").getCollection("jobs");
      jobs.insertMany(List.of(new Document("a", 1).append("b", 2), new Document("a", 1)));
      jobs.createIndex(Indexes.ascending("a", "b"));
      assertThat(jobs.countDocuments(new Document("a", 1).append("b", 2))).isEqualTo(1);
      jobs.dropIndex("a_1_b_1");
      jobs.insertOne(new Document("a", 1).append("b", 2));
      jobs.createIndex(Indexes.ascending("a", "b"));
      assertThat(jobs.countDocuments(new Document("a", 1).append("b", 2))).isEqualTo(2);
      jobs.drop();
      jobs.createIndex(Indexes.ascending("a", "b"));
      assertThat(jobs.countDocuments(new Document("a", 1))).isZero();
    }
  }
}
