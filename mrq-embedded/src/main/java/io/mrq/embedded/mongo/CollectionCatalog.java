package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.mrq.embedded.mongo.raw.Bson;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * The collections of a database and their options. The library has a document for each, with its
 * name; the options lie beside it.
 */
final class CollectionCatalog {

  /** Where the library keeps the names. */
  static final String COLLECTION = "system.namespaces";

  private static final String OPTIONS = "options";

  private final String database;
  private final MVMap<Object, byte[]> namespaces;
  private final Function<String, @Nullable StoreCollection> collections;

  CollectionCatalog(
      String database,
      MVMap<Object, byte[]> namespaces,
      Function<String, @Nullable StoreCollection> collections) {
    this.database = database;
    this.namespaces = namespaces;
    this.collections = collections;
  }

  /** The cap of a collection as it was stored, or null. */
  @Nullable Cap capOf(String collection) {
    byte[] entry = namespaces.get(database + "." + collection);
    return entry == null ? null : Cap.of(optionsOf(Bson.decode(entry)));
  }

  private static Document optionsOf(Document entry) {
    return entry.get(OPTIONS) instanceof Document options ? options : new Document();
  }

  Document create(String name, Document command, UnaryOperator<Document> library) {
    Cap cap = Cap.of(command);
    Document plain = command.clone();
    List.of("capped", "size", "max").forEach(plain::remove);
    Document answer = library.apply(plain);
    if (cap != null) {
      limit(name, cap);
    }
    return answer;
  }

  Document convertToCapped(String name, Document command) {
    if (collections.apply(name) == null) {
      throw new MongoServerError(
          26,
          "NamespaceNotFound",
          "source collection " + database + "." + name + " does not exist");
    }
    limit(name, Objects.requireNonNull(Cap.of(command.clone().append("capped", true))));
    Document answer = new Document();
    Utils.markOkay(answer);
    return answer;
  }

  private void limit(String name, Cap cap) {
    String fullName = database + "." + name;
    namespaces.put(
        fullName, Bson.encode(new Document("name", fullName).append(OPTIONS, cap.options())));
    StoreCollection collection = Objects.requireNonNull(collections.apply(name));
    collection.limitTo(cap);
    collection.dropSurplus();
  }

  Document list(Document command) {
    Document filter = command.get("filter") instanceof Document given ? given : new Document();
    List<Document> found = new ArrayList<>();
    for (byte[] bytes : namespaces.values()) {
      Document entry = Bson.decode(bytes);
      String name = String.valueOf(entry.get("name")).substring(database.length() + 1);
      Document description =
          new Document("name", name)
              .append("type", "collection")
              .append(OPTIONS, optionsOf(entry))
              .append("info", new Document("readOnly", false))
              .append(
                  "idIndex",
                  new Document("v", 2)
                      .append("key", new Document("_id", 1))
                      .append("name", "_id_"));
      if (!name.startsWith("system.") && new DefaultQueryMatcher().matches(description, filter)) {
        found.add(description);
      }
    }
    Document answer =
        new Document(
            "cursor",
            new Document("id", 0L)
                .append("ns", database + ".$cmd.listCollections")
                .append("firstBatch", found));
    Utils.markOkay(answer);
    return answer;
  }
}
