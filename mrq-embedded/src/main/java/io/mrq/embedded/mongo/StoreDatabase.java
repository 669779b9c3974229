package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.EmptyIndex;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.List;

/** A database: its collections and indexes are maps of one {@link StoreFile}. */
final class StoreDatabase extends AbstractSynchronizedMongoDatabase<Object> {

  private static final String DOCUMENTS = "documents.";
  private static final String INDEX = "index.";

  private final StoreFile file;

  StoreDatabase(String name, CursorRegistry cursors, StoreFile file) {
    super(name, cursors);
    this.file = file;
    initializeNamespacesAndIndexes();
  }

  /** The names of all databases in a file. */
  static List<String> namesIn(StoreFile file) {
    return file.mapNames().stream()
        .filter(map -> map.startsWith(DOCUMENTS))
        .map(map -> map.substring(DOCUMENTS.length(), map.indexOf('.', DOCUMENTS.length())))
        .distinct()
        .toList();
  }

  private String documentsMap(String collection) {
    return DOCUMENTS + getFullCollectionNamespace(collection);
  }

  private String indexMap(String collection, String index) {
    // A dollar cannot be part of a collection's name, so two names never run into each other.
    return INDEX + getFullCollectionNamespace(collection) + "$" + index;
  }

  @Override
  protected MongoCollection<Object> openOrCreateCollection(String name, CollectionOptions options) {
    return new StoreCollection(
        this, name, options, cursorRegistry, file.documents(documentsMap(name)));
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
    return new EmptyIndex<>(name, keys);
  }

  @Override
  protected void dropIndex(MongoCollection<Object> collection, String name) {
    super.dropIndex(collection, name);
    file.remove(indexMap(collection.getCollectionName(), name));
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
  protected long getStorageSize() {
    return file.size();
  }

  @Override
  protected long getFileSize() {
    return file.size();
  }
}
