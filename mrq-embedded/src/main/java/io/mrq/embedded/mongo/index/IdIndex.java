package io.mrq.embedded.mongo.index;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;
import io.mrq.embedded.mongo.file.ValueOrder;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * The index on {@code _id}: the map of the documents itself, so the two cannot disagree and an
 * insert writes one entry and not two.
 */
public final class IdIndex extends Index<Object> implements LookupIndex {

  private static final String ID = "_id";

  private final MVMap<Object, byte[]> documents;

  public IdIndex(String name, boolean ascending, MVMap<Object, byte[]> documents) {
    super(name, List.of(new IndexKey(ID, ascending)), false);
    this.documents = documents;
  }

  private static Object idOf(Document document) {
    return Missing.ofNullable(document.get(ID));
  }

  @Override
  public @Nullable Collection<Object> candidates(Conditions conditions) {
    List<@Nullable Object> ids = conditions.alternatives(ID);
    if (ids == null) {
      return null;
    }
    Collection<Object> distinct = new TreeSet<>(ValueOrder.INSTANCE);
    ids.forEach(id -> distinct.add(Missing.ofNullable(id)));
    return distinct;
  }

  @Override
  public @Nullable Object getPosition(Document document) {
    Object id = idOf(document);
    return documents.containsKey(id) ? id : null;
  }

  @Override
  public void checkAdd(Document document, MongoCollection<Object> collection) {
    Object id = idOf(document);
    if (documents.containsKey(id)) {
      throw new DuplicateKeyError(this, collection, getKeys(), new KeyValue(document.get(ID)));
    }
  }

  @Override
  public void add(Document document, Object position, MongoCollection<Object> collection) {
    // The collection has stored the document under its _id.
  }

  @Override
  public @Nullable Object remove(Document document) {
    return getPosition(document);
  }

  @Override
  public void checkUpdate(
      Document oldDocument, Document newDocument, MongoCollection<Object> collection) {
    // An update cannot change the _id.
  }

  @Override
  public void updateInPlace(
      Document oldDocument,
      Document newDocument,
      Object position,
      MongoCollection<Object> collection) {
    // An update cannot change the _id.
  }

  @Override
  public boolean canHandle(Document query) {
    return false;
  }

  @Override
  public Iterable<Object> getPositions(Document query) {
    throw new UnsupportedOperationException("the collection asks for candidates");
  }

  @Override
  public long getCount() {
    return documents.sizeAsLong();
  }

  @Override
  public long getDataSize() {
    return getCount();
  }

  @Override
  public boolean isUnique() {
    return true;
  }

  @Override
  public void drop() {
    // Goes with the collection.
  }
}
