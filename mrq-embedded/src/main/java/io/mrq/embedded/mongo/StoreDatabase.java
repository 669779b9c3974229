package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.EmptyIndex;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.BadValueException;
import de.bwaldvogel.mongo.exception.IndexNotFoundException;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.NoSuchCommandException;
import de.bwaldvogel.mongo.oplog.Oplog;
import io.mrq.embedded.mongo.file.StoreFile;
import io.mrq.embedded.mongo.index.IdIndex;
import io.mrq.embedded.mongo.index.IndexBuild;
import io.mrq.embedded.mongo.index.OrderedIndex;
import io.mrq.embedded.mongo.index.UniqueIndex;
import io.netty.channel.Channel;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A database: its collections and indexes are maps of one {@link StoreFile}. */
final class StoreDatabase extends AbstractSynchronizedMongoDatabase<Object> {

  private static final String INDEX = "index.";
  private static final String PARTIAL = "partialFilterExpression";

  /** The index that is being added. */
  private static final ScopedValue<Document> ADDED = ScopedValue.newInstance();

  /** Commands that the library carries out as they are; names in lower case. */
  private static final Set<String> OF_THE_LIBRARY =
      Set.of("createindexes", "drop", "dbstats", "collstats", "validate", "listindexes");

  private final StoreFile file;
  private final Cursors results;
  private final CollectionCatalog catalog;

  StoreDatabase(String name, CursorRegistry registry, Cursors results, StoreFile file) {
    super(name, registry);
    this.file = file;
    this.results = results;
    this.catalog =
        new CollectionCatalog(
            name,
            file.documents(documentsMap(CollectionCatalog.COLLECTION)),
            collection -> (StoreCollection) resolveCollection(collection, false));
    initializeNamespacesAndIndexes();
  }

  /** The names of all databases in a file. */
  static List<String> namesIn(StoreFile file) {
    return file.mapNames().stream()
        .filter(map -> map.startsWith(StoreFile.DOCUMENTS))
        .map(map ->
            map.substring(
                StoreFile.DOCUMENTS.length(), map.indexOf('.', StoreFile.DOCUMENTS.length())))
        .distinct()
        .toList();
  }

  /**
   * Carries out a command. The library implements most of them; those in which it differs from
   * MongoDB are implemented here.
   */
  @Override
  public Document handleCommand(
      Channel channel, String command, Document query, DatabaseResolver databases, Oplog oplog) {
    UnaryOperator<Document> library =
        changed -> super.handleCommand(channel, command, changed, databases, oplog);
    String name = command.toLowerCase(Locale.ROOT);
    return switch (name) {
      case "find" -> find(hinted(command, query), command, query);
      case "aggregate" -> aggregate(hinted(command, query), command, query, databases, oplog);
      case "count", "distinct", "findandmodify" -> {
        hinted(command, query);
        yield library.apply(query);
      }
      case "insert" -> WriteCommands.insert(query, library);
      case "update" -> WriteCommands.update(query, collectionOf(command, query), library);
      case "delete" -> WriteCommands.delete(query, collectionOf(command, query), library);
      case "create" -> catalog.create(nameOf(command, query), query, library);
      case "converttocapped" -> catalog.convertToCapped(nameOf(command, query), query);
      case "listcollections" -> catalog.list(query);
      case "explain" -> explain((Document) query.getOrDefault(command, new Document()));
      case "dropindexes" -> dropIndexes(command, query, library);
      default -> {
        if (!OF_THE_LIBRARY.contains(name)) {
          throw new NoSuchCommandException(command);
        }
        yield library.apply(query);
      }
    };
  }

  /** A collection whose commands may be carried out on bytes; null when there is none. */
  @Nullable RawCollection rawCollection(String name) {
    return !name.isEmpty()
            && !name.startsWith("system.")
            && resolveCollection(name, false) instanceof StoreCollection collection
        ? collection.raw()
        : null;
  }

  private Document find(@Nullable StoreCollection collection, String command, Document query) {
    List<Document> found =
        collection == null
            ? List.of()
            : collection.find(
                (Document) query.getOrDefault("filter", new Document()),
                (Document) query.get("sort"),
                number(query.get("skip")),
                number(query.get("limit")),
                (Document) query.get("projection"));
    boolean only = Boolean.TRUE.equals(query.get("singleBatch"));
    return results.answer(namespace(command, query), found, batchSize(query), only);
  }

  private Document explain(Document explained) {
    if (explained.isEmpty()) {
      throw new BadValueException("explain needs a command");
    }
    String name = explained.keySet().iterator().next();
    return Explanation.of(
        (StoreCollection) resolveCollection(nameOf(name, explained), true), explained);
  }

  /** Like the library, but a first {@code $match} uses the indexes, and batches have a size. */
  private Document aggregate(
      @Nullable StoreCollection collection,
      String command,
      Document query,
      DatabaseResolver databases,
      Oplog oplog) {
    List<Document> pipeline = Aggregation.parse(query.get("pipeline"));
    if (!pipeline.isEmpty() && pipeline.getFirst().containsKey("$changeStream")) {
      throw new MongoServerError(
          40573, "The $changeStream stage is only supported on replica sets");
    }
    Aggregation aggregation =
        Aggregation.fromPipeline(pipeline, databases, this, collection, oplog);
    Document cursor = (Document) query.get("cursor");
    aggregation.validate(cursor == null ? query : new Document("cursor", new Document()));
    List<Document> found =
        collection == null ? List.of() : IndexedAggregation.run(aggregation, pipeline, collection);
    return results.answer(namespace(command, query), found, batchSize(cursor), false);
  }

  /**
   * Drops indexes one by one: by name, or all at once, the library would also drop indexes of other
   * collections.
   */
  private Document dropIndexes(String command, Document query, UnaryOperator<Document> library) {
    if (!(query.get("index") instanceof String name)) {
      return library.apply(query);
    }
    String collectionName = nameOf(command, query);
    boolean all = name.equals("*");
    boolean found = all;
    for (Document index : indexesOf(collectionName)) {
      String existing = String.valueOf(index.get("name"));
      if (all ? !"_id_".equals(existing) : name.equals(existing)) {
        dropIndex(resolveCollection(collectionName, true), existing);
        indexes.get().deleteDocuments(described(index), -1);
        found = true;
      }
    }
    if (!found) {
      throw new IndexNotFoundException("index not found with name [" + name + "]");
    }
    Document answer = new Document();
    Utils.markOkay(answer);
    return answer;
  }

  private static Document described(Document index) {
    return new Document("ns", index.get("ns")).append("name", index.get("name"));
  }

  private List<Document> indexesOf(String collection) {
    return indexes.get() instanceof StoreCollection all
        ? all.find(new Document("ns", getFullCollectionNamespace(collection)), null, 0, 0, null)
        : List.of();
  }

  private @Nullable StoreCollection collectionOf(String command, Document query) {
    return (StoreCollection) resolveCollection(nameOf(command, query), false);
  }

  /** The collection, after a look at the hint of the command. */
  private @Nullable StoreCollection hinted(String command, Document query) {
    StoreCollection collection = collectionOf(command, query);
    Hints.check(collection, query.get("hint"));
    return collection;
  }

  private String namespace(String command, Document query) {
    return getFullCollectionNamespace(nameOf(command, query));
  }

  private static String nameOf(String command, Document query) {
    return String.valueOf(query.get(command));
  }

  private static @Nullable Number batchSize(@Nullable Document options) {
    return options != null && options.get("batchSize") instanceof Number number ? number : null;
  }

  private static int number(@Nullable Object value) {
    return value instanceof Number number ? number.intValue() : 0;
  }

  private String documentsMap(String collection) {
    return StoreFile.DOCUMENTS + getFullCollectionNamespace(collection);
  }

  private String indexMap(String collection, String index) {
    // A dollar cannot be part of a collection's name, so two names never run into each other.
    return INDEX + getFullCollectionNamespace(collection) + "$" + index;
  }

  @Override
  protected MongoCollection<Object> openOrCreateCollection(String name, CollectionOptions options) {
    StoreCollection collection =
        new StoreCollection(
            this,
            name,
            options,
            cursorRegistry,
            new IndexBuild(file, file.documents(documentsMap(name))));
    Cap cap = catalog.capOf(name);
    if (cap != null) {
      collection.limitTo(cap);
    }
    return collection;
  }

  @Override
  protected Index<Object> openOrCreateUniqueIndex(
      String collection, String name, List<IndexKey> keys, boolean sparse) {
    if (keys.size() == 1 && keys.getFirst().getKey().equals("_id")) {
      return new IdIndex(
          name, keys.getFirst().isAscending(), file.documents(documentsMap(collection)));
    }
    return new UniqueIndex(file.index(indexMap(collection, name)), name, keys, sparse);
  }

  @Override
  protected Index<Object> openOrCreateSecondaryIndex(
      String collection, String name, List<IndexKey> keys, boolean sparse) {
    Document only = partialFilter(collection, name);
    // One value of one field that every document has, such as a status, fits too many documents to
    // be worth an entry more in each write.
    return keys.size() > 1 || sparse || only != null
        ? new OrderedIndex(file.index(indexMap(collection, name)), name, keys, sparse, only)
        : withoutEntries(name, keys);
  }

  /** An index that never has an entry, for which documents need not be read when it is opened. */
  private static Index<Object> withoutEntries(String name, List<IndexKey> keys) {
    return new EmptyIndex<>(name, keys) {
      @Override
      public boolean isEmpty() {
        return false;
      }
    };
  }

  /** Keeps the description of the new index, because the library does not pass on all of it. */
  @Override
  protected void addIndex(Document description) {
    ScopedValue.where(ADDED, description).run(() -> super.addIndex(description));
  }

  private @Nullable Document partialFilter(String collection, String name) {
    Document description =
        ADDED.isBound()
            ? ADDED.get()
            : indexesOf(collection).stream()
                .filter(index -> name.equals(index.get("name")))
                .findFirst()
                .orElse(null);
    return description != null && description.get(PARTIAL) instanceof Document only ? only : null;
  }

  @Override
  protected void dropIndex(MongoCollection<Object> collection, String name) {
    super.dropIndex(collection, name);
    file.remove(indexMap(collection.getCollectionName(), name));
  }

  /** One at a time: of two clients that create the same collection, the second is told so. */
  @Override
  public synchronized MongoCollection<Object> createCollectionOrThrowIfExists(
      String name, CollectionOptions options) {
    return super.createCollectionOrThrowIfExists(name, options);
  }

  @Override
  public void dropCollection(String name, Oplog oplog) {
    super.dropCollection(name, oplog);
    file.remove(documentsMap(name));
  }

  @Override
  public void moveCollection(MongoDatabase from, MongoCollection<?> collection, String newName) {
    throw new UnsupportedOperationException("renameCollection is not supported");
  }

  @Override
  protected void clearLastStatus(Channel channel) {
    // Only the obsolete getLastError asks for the result of an earlier command.
  }

  @Override
  protected void putLastResult(Channel channel, Document result) {
    // Only the obsolete getLastError needs it, and the client may have disconnected.
  }

  @Override
  protected long getStorageSize() {
    return file.size();
  }

  @Override
  protected long getFileSize() {
    return file.size();
  }
}
