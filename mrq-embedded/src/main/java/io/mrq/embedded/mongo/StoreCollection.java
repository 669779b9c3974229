package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoCollection;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import io.mrq.embedded.mongo.index.CollectionIndexes;
import io.mrq.embedded.mongo.index.Conditions;
import io.mrq.embedded.mongo.index.CoveredGroup;
import io.mrq.embedded.mongo.index.IndexBuild;
import io.mrq.embedded.mongo.index.OrderedIndex;
import io.mrq.embedded.mongo.index.Selection;
import io.mrq.embedded.mongo.raw.Bson;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A collection of the library on {@link StoredDocuments}.
 *
 * <p>Writes of one collection run one after the other; reads run beside them without a lock, so
 * nobody ever sees a document that is being changed.
 */
final class StoreCollection extends AbstractMongoCollection<Object> {

  private final StoredDocuments documents;
  private final UpdateCalculation updates;
  private final IndexBuild builds;
  private final RawCollection raw;
  private volatile CollectionIndexes indexes = CollectionIndexes.NONE;

  StoreCollection(
      MongoDatabase database,
      String name,
      CollectionOptions options,
      CursorRegistry cursors,
      IndexBuild builds) {
    super(database, name, options, cursors);
    this.builds = builds;
    this.documents = new StoredDocuments(builds.documents());
    this.updates = new UpdateCalculation(database, name, cursors);
    this.raw = new RawCollection(this, documents, updates);
  }

  /** The documents that match, sorted and cut as asked for; 0 is no limit. */
  List<Document> find(
      Document filter,
      @Nullable Document sort,
      int skip,
      int limit,
      @Nullable Document projection) {
    return queryDocuments(filter, sort, skip, limit, 0, projection).collectDocuments();
  }

  /** A document as a projection shows it. */
  Document projected(Document document, Document projection) {
    return matchDocumentsFromStream(Stream.of(document), new Document(), null, 0, 0, 0, projection)
        .iterator()
        .next();
  }

  /** All documents that can match, decoded one by one as the stream is read. */
  Stream<Document> stream(Document filter) {
    return stream(select(filter), false);
  }

  /** The same collection for commands that are carried out on bytes. */
  RawCollection raw() {
    return raw;
  }

  CollectionIndexes indexes() {
    return indexes;
  }

  /** How many documents match, at most the limit; null when no index can tell alone. */
  @Nullable Long countByIndex(Document filter, long limit) {
    return filter.isEmpty()
        ? (Long) Math.min(limit, documents.sizeAsLong())
        : indexes.count(filter, limit);
  }

  /** How to carry out the beginning of a pipeline by an index alone; null when none can. */
  @Nullable CoveredGroup covered(List<Document> pipeline) {
    return indexes.covered(pipeline);
  }

  @Override
  public Document handleDistinct(Document query) {
    Document filter = query.get("query") instanceof Document given ? given : new Document();
    Collection<@Nullable Object> values =
        indexes.distinct(String.valueOf(query.get("key")), filter, this::documentMatchesQuery);
    if (values == null) {
      return super.handleDistinct(query);
    }
    Document answer = new Document("values", values);
    Utils.markOkay(answer);
    return answer;
  }

  @Override
  protected QueryResult queryDocuments(
      Document query,
      @Nullable Document orderBy,
      int numberToSkip,
      int limit,
      int batchSize,
      @Nullable Document fieldSelector) {
    Selection chosen = indexes.select(query, orderBy);
    return matchDocumentsFromStream(
        stream(chosen, isNaturalDescending(orderBy) || CollectionIndexes.isByIdDescending(orderBy)),
        chosen.rest(),
        chosen.sorted() ? null : orderBy,
        numberToSkip,
        limit,
        batchSize,
        fieldSelector);
  }

  private Stream<Document> stream(Selection chosen, boolean descending) {
    if (chosen.ids() != null) {
      return documents.withIds(chosen.ids().get());
    }
    Conditions.Range range = chosen.range();
    return range == null
        ? documents.all(descending)
        : documents.between(range.lower(), range.upper(), descending);
  }

  @Override
  public Stream<Document> queryAllAsStream() {
    return documents.all(false);
  }

  @Override
  protected QueryResult matchDocuments(
      Document query,
      @Nullable Document orderBy,
      int numberToSkip,
      int limit,
      int batchSize,
      @Nullable Document fieldSelector) {
    return matchDocumentsFromStream(
        documents.all(isNaturalDescending(orderBy)),
        query,
        orderBy,
        numberToSkip,
        limit,
        batchSize,
        fieldSelector);
  }

  @Override
  protected @Nullable Document getDocument(Object position) {
    return documents.get(position);
  }

  @Override
  protected Object addDocumentInternal(Document document) {
    String idField = getIdField();
    Object key =
        idField == null
            ? UUID.randomUUID()
            : Missing.ofNullable(Utils.getSubdocumentValue(document, idField));
    documents.add(key, document);
    return key;
  }

  @Override
  protected void handleUpdate(Object position, Document oldDocument, Document newDocument) {
    throw new UnsupportedOperationException("updates are stored here");
  }

  @Override
  protected void removeDocument(Object position) {
    documents.remove(position);
  }

  /** From now on the collection is capped; {@link #dropSurplus} makes it as small as that. */
  synchronized void limitTo(Cap cap) {
    documents.limitTo(cap);
  }

  synchronized void dropSurplus() {
    for (Document oldest = documents.surplus(); oldest != null; oldest = documents.surplus()) {
      super.removeDocument(oldest);
    }
  }

  @Override
  public Document getStats() {
    Document stats = super.getStats();
    stats.putAll(documents.capStats());
    return stats;
  }

  @Override
  protected Stream<DocumentWithPosition<Object>> streamAllDocumentsWithPosition() {
    return documents.withPositions();
  }

  @Override
  public int count() {
    return documents.size();
  }

  @Override
  public boolean isEmpty() {
    return documents.isEmpty();
  }

  @Override
  protected int getDataSize() {
    return documents.dataSize();
  }

  @Override
  protected boolean tracksDataSize() {
    return false;
  }

  @Override
  protected void updateDataSize(int sizeDelta) {
    throw new UnsupportedOperationException("the size is counted when asked for");
  }

  @Override
  public synchronized void addIndex(Index<Object> index) {
    if (index instanceof OrderedIndex ordered && ordered.isEmpty()) {
      builds.run(ordered);
    }
    super.addIndex(index);
    indexes = CollectionIndexes.of(getIndexes());
  }

  @Override
  public synchronized void dropIndex(String indexName) {
    super.dropIndex(indexName);
    indexes = CollectionIndexes.of(getIndexes());
  }

  @Override
  public synchronized void addDocument(Document document) {
    if (getIdField() != null) {
      document.computeIfAbsent(getIdField(), _ -> UpdateCalculation.newId());
    }
    super.addDocument(document);
    dropSurplus();
  }

  @Override
  public synchronized void addDocuments(Stream<Document> added) {
    super.addDocuments(added);
  }

  @Override
  public synchronized List<Document> insertDocuments(List<Document> added, boolean isOrdered) {
    return super.insertDocuments(added, isOrdered);
  }

  @Override
  public synchronized Document findAndModify(Document query) {
    return FindAndModify.on(this, updates, query);
  }

  @Override
  public synchronized Document updateDocuments(
      Document selector,
      Document update,
      ArrayFilters filters,
      boolean isMulti,
      boolean isUpsert,
      Oplog oplog) {
    return new DocumentUpdates(this, updates, filters).run(selector, update, isMulti, isUpsert);
  }

  /** How the documents for a filter are found. */
  Selection select(Document filter) {
    return indexes.select(filter, null);
  }

  @Override
  protected boolean documentMatchesQuery(Document document, Document query) {
    return super.documentMatchesQuery(document, query);
  }

  /** The documents of a selection that match, at most the limit; 0 is no limit. */
  List<Document> matching(Selection chosen, int limit) {
    return matchDocumentsFromStream(stream(chosen, false), chosen.rest(), null, 0, limit, 0, null)
        .collectDocuments();
  }

  /**
   * Stores the new form of a document.
   *
   * @return whether it differs from the stored one
   */
  boolean store(Document document, Document changed) {
    Object position = Missing.ofNullable(document.get("_id"));
    byte[] bytes = Bson.encodeUpdated(changed);
    if (Arrays.equals(bytes, documents.bytes(position))) {
      return false;
    }
    getIndexes().forEach(index -> index.checkUpdate(document, changed, this));
    getIndexes().forEach(index -> index.updateInPlace(document, changed, position, this));
    replace(position, bytes, indexes.changedEntries(document, changed));
    return true;
  }

  /** Stores the bytes of a document that is there, and what changes in the indexes by that. */
  void replace(Object id, byte[] bytes, List<CollectionIndexes.ChangedEntry> entries) {
    // New entries first and old ones last, so that a reader beside us finds one of them.
    entries.forEach(entry -> entry.index().put(entry.to()));
    documents.replace(id, bytes);
    entries.forEach(entry -> entry.index().drop(entry.from()));
  }

  @Override
  public synchronized int deleteDocuments(Document selector, int limit, Oplog oplog) {
    return super.deleteDocuments(selector, limit, oplog);
  }

  @Override
  public synchronized void removeDocument(Document document) {
    super.removeDocument(document);
  }

  @Override
  public synchronized void renameTo(MongoDatabase newDatabase, String newCollectionName) {
    super.renameTo(newDatabase, newCollectionName);
  }
}
