package io.mrq.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** An embedded MongoDB for the tests of a class, and an empty collection for each of them. */
abstract class OnEmptyCollection {
  static EmbeddedMongo mongo;
  static MongoClient client;

  MongoDatabase database;
  MongoCollection<Document> jobs;

  @BeforeAll
  static void open() {
    mongo = EmbeddedMongo.open(EmbeddedMongoOptions.inMemory());
    client = MongoClients.create(mongo.uri());
  }

  @AfterAll
  static void close() {
    client.close();
    mongo.close();
  }

  @BeforeEach
  void emptyCollection() {
    database = client.getDatabase("mrq");
    jobs = database.getCollection("jobs" + new ObjectId());
  }

  final String name() {
    return jobs.getNamespace().getCollectionName();
  }

  /** Inserts queued jobs whose ids are the numbers from 0. */
  final void insertQueued(int count) {
    jobs.insertMany(IntStream.range(0, count).mapToObj(OnEmptyCollection::doc).toList());
  }

  static Document doc(int id) {
    return new Document("_id", id).append("queue", "default").append("status", "queued");
  }

  static Document first(MongoCollection<Document> collection) {
    Document found = collection.find().first();
    assertThat(found).isNotNull();
    return found;
  }

  static List<Integer> ids(List<Document> documents) {
    return documents.stream().map(document -> document.getInteger("_id")).toList();
  }
}
