package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoCollection;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.FailedToParseException;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * A collection in a stored map from {@code _id} to the document as BSON.
 *
 * <p>Writes of one collection run one after the other; reads run beside them without a lock, on the
 * state of the map when they began. Each read decodes documents of its own, so nobody ever sees a
 * document that is being changed.
 */
final class StoreCollection extends AbstractMongoCollection<Object> {

  private final MVMap<Object, byte[]> documents;
  private volatile List<LookupIndex> lookups = List.of();
  private volatile List<OrderedIndex> ordered = List.of();

  private final UpdateCalculation updates;
  private @Nullable Cap cap;

  StoreCollection(
      MongoDatabase database,
      String name,
      CollectionOptions options,
      CursorRegistry cursors,
      MVMap<Object, byte[]> documents) {
    super(database, name, options, cursors);
    this.documents = documents;
    this.updates = new UpdateCalculation(database, name, cursors);
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
    return stream(select(filter, null), false);
  }

  /**
   * How many documents match, at most the limit, as far as an index alone can tell; null when none
   * can.
   */
  @Nullable Long countByIndex(Document filter, long limit) {
    if (filter.isEmpty()) {
      return Math.min(limit, documents.sizeAsLong());
    }
    IndexScan scan = IndexPlanner.covering(ordered, filter, null);
    return scan == null ? null : scan.ids().limit(limit).count();
  }

  /** How to carry out the beginning of a pipeline by an index alone; null when none can. */
  @Nullable CoveredGroup covered(List<Document> pipeline) {
    return CoveredGroup.of(ordered, pipeline);
  }

  @Override
  public Document handleDistinct(Document query) {
    Document filter = query.get("query") instanceof Document given ? given : new Document();
    Collection<@Nullable Object> values = distinct(String.valueOf(query.get("key")), filter);
    // The index holds all numbers alike, and what is missing as null.
    if (values == null || !values.stream().allMatch(StoreCollection::isAsStored)) {
      return super.handleDistinct(query);
    }
    Document answer = new Document("values", values);
    Utils.markOkay(answer);
    return answer;
  }

  /** The values as an index has them, or null when none can tell. */
  private @Nullable Collection<@Nullable Object> distinct(String field, Document filter) {
    IndexScan scan = IndexPlanner.covering(ordered, filter, field);
    if (scan != null) {
      return scan.followingValues();
    }
    IndexScan whole =
        Set.of(field).containsAll(filter.keySet()) ? IndexPlanner.whole(ordered, field) : null;
    return whole == null
        ? null
        : whole.followingValues().stream()
            .filter(value -> documentMatchesQuery(new Document(field, value), filter))
            .toList();
  }

  private static boolean isAsStored(@Nullable Object value) {
    return value != null && !(value instanceof Number);
  }

  @Override
  protected QueryResult queryDocuments(
      Document query,
      @Nullable Document orderBy,
      int numberToSkip,
      int limit,
      int batchSize,
      @Nullable Document fieldSelector) {
    Selection chosen = select(query, orderBy);
    return matchDocumentsFromStream(
        stream(chosen, isDescending(orderBy)),
        chosen.rest(),
        chosen.sorted() ? null : orderBy,
        numberToSkip,
        limit,
        batchSize,
        fieldSelector);
  }

  private Selection select(Document filter, @Nullable Document sort) {
    Conditions conditions = Conditions.of(filter);
    for (LookupIndex index : lookups) {
      Collection<Object> ids = index.candidates(conditions);
      if (ids != null) {
        return index instanceof IdIndex
            ? Selection.byId(ids, filter)
            : Selection.byKey(ids, filter);
      }
    }
    IndexScan scan = IndexPlanner.best(ordered, conditions, sort);
    return scan == null ? Selection.all(filter, isById(sort)) : Selection.by(scan, filter);
  }

  private Stream<Document> stream(Selection chosen, boolean descending) {
    return chosen.ids() == null ? all(descending) : documentsOf(chosen.ids().get());
  }

  /** The map itself is in the order of the {@code _id}. */
  private static boolean isById(@Nullable Document sort) {
    return sort != null && sort.size() == 1 && sort.containsKey("_id");
  }

  private static boolean isDescending(@Nullable Document sort) {
    return isNaturalDescending(sort)
        || (sort != null
            && isById(sort)
            && sort.get("_id") instanceof Number number
            && number.intValue() < 0);
  }

  @Override
  public Stream<Document> queryAllAsStream() {
    return all(false);
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
        all(isNaturalDescending(orderBy)),
        query,
        orderBy,
        numberToSkip,
        limit,
        batchSize,
        fieldSelector);
  }

  private Stream<Document> all(boolean descending) {
    Cursor<Object, byte[]> cursor = documents.cursor(null, null, descending);
    return TimeLimit.on(
            StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(cursor, Spliterator.ORDERED), false))
        .map(_ -> Bson.decode(cursor.getValue()));
  }

  private Stream<Document> documentsOf(Stream<Object> ids) {
    // A document may have been deleted since the index named it.
    return TimeLimit.on(ids)
        .mapMulti((id, found) -> {
          byte[] bytes = documents.get(id);
          if (bytes != null) {
            found.accept(Bson.decode(bytes));
          }
        });
  }

  @Override
  protected @Nullable Document getDocument(Object position) {
    byte[] bytes = documents.get(position);
    return bytes == null ? null : Bson.decode(bytes);
  }

  @Override
  protected Object addDocumentInternal(Document document) {
    String idField = getIdField();
    Object key =
        idField == null
            ? UUID.randomUUID()
            : Missing.ofNullable(Utils.getSubdocumentValue(document, idField));
    byte[] bytes = Bson.encode(document);
    byte[] previous = documents.putIfAbsent(key, bytes);
    if (previous != null) {
      throw new IllegalStateException("there is a document with the key " + key + " already");
    }
    grow(bytes.length);
    return key;
  }

  @Override
  protected void handleUpdate(Object position, Document oldDocument, Document newDocument) {
    throw new UnsupportedOperationException("updates are stored here");
  }

  /** An entry of an index that an update changes. */
  private record Moved(OrderedIndex index, @Nullable KeyValue from, @Nullable KeyValue to) {}

  private List<Moved> moved(Document oldDocument, Document newDocument) {
    List<Moved> moved = new ArrayList<>();
    for (OrderedIndex index : ordered) {
      KeyValue from = index.entryOf(oldDocument);
      KeyValue to = index.entryOf(newDocument);
      if (!Objects.equals(from, to)) {
        moved.add(new Moved(index, from, to));
      }
    }
    return moved;
  }

  @Override
  protected void removeDocument(Object position) {
    byte[] removed = documents.remove(position);
    grow(removed == null ? 0 : -removed.length);
  }

  private void grow(int difference) {
    if (cap != null) {
      cap.grow(difference);
    }
  }

  /** From now on the collection is capped; {@link #dropSurplus} makes it as small as that. */
  synchronized void limitTo(Cap cap) {
    documents.values().forEach(document -> cap.grow(document.length));
    this.cap = cap;
  }

  synchronized void dropSurplus() {
    while (cap != null && cap.isExceededBy(documents.sizeAsLong())) {
      byte[] oldest = documents.get(documents.firstKey());
      super.removeDocument(Bson.decode(Objects.requireNonNull(oldest)));
    }
  }

  @Override
  public Document getStats() {
    Document stats = super.getStats();
    if (cap != null) {
      stats.putAll(cap.stats());
    }
    return stats;
  }

  @Override
  protected Stream<DocumentWithPosition<Object>> streamAllDocumentsWithPosition() {
    return documents.entrySet().stream()
        .map(entry -> new DocumentWithPosition<>(Bson.decode(entry.getValue()), entry.getKey()));
  }

  @Override
  public int count() {
    return documents.size();
  }

  @Override
  public boolean isEmpty() {
    return documents.isEmpty();
  }

  /** Counted when asked for: a stored sum would be one more thing to keep in step. */
  @Override
  protected int getDataSize() {
    long bytes = documents.values().stream().mapToLong(document -> document.length).sum();
    return (int) Math.min(bytes, Integer.MAX_VALUE);
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
    super.addIndex(index);
    if (index instanceof OrderedIndex complete) {
      complete.markBuilt();
    }
    sortOutIndexes();
  }

  @Override
  public synchronized void dropIndex(String indexName) {
    super.dropIndex(indexName);
    sortOutIndexes();
  }

  private void sortOutIndexes() {
    ordered =
        getIndexes().stream()
            .filter(OrderedIndex.class::isInstance)
            .map(OrderedIndex.class::cast)
            .toList();
    lookups =
        getIndexes().stream()
            .filter(LookupIndex.class::isInstance)
            .map(LookupIndex.class::cast)
            .toList();
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
    if (isMulti && !update.keySet().stream().allMatch(key -> key.startsWith("$"))) {
      throw new FailedToParseException(
          "multi update is not supported for replacement-style update");
    }
    Selection chosen = select(selector, null);
    int modified = 0;
    List<Document> found =
        matchDocumentsFromStream(
                stream(chosen, false), chosen.rest(), null, 0, isMulti ? 0 : 1, 0, null)
            .collectDocuments();
    for (Document document : found) {
      Document changed = updates.changed(document, chosen.rest(), update, filters);
      modified += store(document, changed) ? 1 : 0;
    }
    Document answer = new Document("n", found.size()).append("nModified", modified);
    if (found.isEmpty() && isUpsert) {
      Document added = updates.inserted(selector, update, filters);
      addDocument(added);
      answer.put("upserted", added.get("_id"));
    }
    return answer;
  }

  /** Stores what an update made of a document, unless it is the same; whether it was not. */
  boolean store(Document document, Document changed) {
    Object position = Missing.ofNullable(document.get("_id"));
    byte[] bytes = Bson.encodeUpdated(changed);
    byte[] before = documents.get(position);
    if (Arrays.equals(bytes, before)) {
      return false;
    }
    getIndexes().forEach(index -> index.checkUpdate(document, changed, this));
    getIndexes().forEach(index -> index.updateInPlace(document, changed, position, this));
    List<Moved> moved = moved(document, changed);
    // New entries first and old ones last, so that a reader beside us finds one of them.
    moved.forEach(entry -> entry.index.put(entry.to));
    documents.put(position, bytes);
    moved.forEach(entry -> entry.index.drop(entry.from));
    grow(bytes.length - (before == null ? 0 : before.length));
    return true;
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
