package io.mrq.embedded.mongo.index;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import io.mrq.embedded.mongo.index.PartialFilter.Constant;
import io.mrq.embedded.mongo.raw.RawDocument;
import io.mrq.embedded.mongo.raw.RawName;
import io.mrq.embedded.mongo.raw.RawUpdate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * An index that is not unique: a stored map whose keys are the values of the fields followed by the
 * {@code _id}, so that documents with equal values lie side by side, in order.
 *
 * <p>A document with an array or another value that has no one place in the order is listed apart,
 * behind all others, and every use of the index looks at these too.
 */
public final class OrderedIndex extends Index<Object> {

  private static final String ID = "_id";
  private static final RawName RAW_ID = RawName.of(ID);
  private static final Object ODD = MaxKey.getInstance();
  private static final KeyValue BUILT = new KeyValue(MinKey.getInstance());

  private final MVMap<Object, Object> entries;
  private final List<String> fields;
  private final @Nullable PartialFilter only;
  private final List<Constant> constants;
  private final List<RawName> names;
  private final List<RawName> involved;
  private final long involvedBits;
  private final boolean onOwnFields;

  /**
   * An index on its entries as far as they are stored.
   *
   * @param only holds documents that match this; null: all
   */
  public OrderedIndex(
      MVMap<Object, Object> entries,
      String name,
      List<IndexKey> keys,
      boolean sparse,
      @Nullable Document only) {
    super(name, keys, sparse);
    this.entries = entries;
    this.only = only == null ? null : new PartialFilter(only);
    this.constants = this.only == null ? List.of() : this.only.constants();
    this.fields = keys.stream().map(IndexKey::getKey).toList();
    this.names = fields.stream().map(RawName::of).toList();
    this.involved = involved();
    this.involvedBits = RawName.bitsOf(involved);
    this.onOwnFields =
        names.stream().allMatch(RawUpdate::isPlain)
            && (this.only == null || this.only.isOnOwnFields());
  }

  /** The fields of the document itself on which an entry depends. */
  private List<RawName> involved() {
    Set<String> all = new LinkedHashSet<>(fields);
    if (only != null) {
      all.addAll(only.fields());
    }
    return all.stream().map(RawName::of).toList();
  }

  List<String> fields() {
    return fields;
  }

  /** Whether every document that meets the conditions is one that the index may hold. */
  boolean isFor(Conditions conditions) {
    return only == null
        || only.fields().stream().allMatch(field -> conditions.imply(field, only.demand(field)));
  }

  /** Whether it holds only documents that match a filter of its own. */
  boolean hasFilter() {
    return only != null;
  }

  /** The fields whose conditions every document in the index meets. */
  Set<String> judged(Conditions conditions) {
    return only == null
        ? Set.of()
        : only.fields().stream()
            .filter(field -> conditions.demand(field, only.demand(field)))
            .collect(Collectors.toSet());
  }

  /** The fields that have one value in all documents of the index, and these values. */
  Map<String, Object> constants() {
    return constants.stream().collect(Collectors.toMap(Constant::field, Constant::value));
  }

  boolean leavesOut(List<@Nullable Object> values) {
    return isSparse() && values.contains(null);
  }

  /** Whether a document without any of the fields is not in the index. */
  boolean isPartial() {
    return isSparse();
  }

  /** Whether documents are listed apart, so that the index is not in order as a whole. */
  boolean hasOdd() {
    return odd().hasNext();
  }

  Cursor<Object, Object> odd() {
    return entries.cursor(new KeyValue(ODD));
  }

  /** The entries from one key to another, both counted in; backwards when from is the greater. */
  Cursor<Object, Object> cursor(KeyValue from, KeyValue to, boolean backwards) {
    return entries.cursor(from, to, backwards);
  }

  /** Whether an update may change the entry of a document. */
  boolean isTouchedBy(RawUpdate update) {
    return !onOwnFields || ((update.bits() & involvedBits) != 0 && update.touches(involved));
  }

  /** The entry of a document, or null when it has none. */
  public @Nullable KeyValue entryOf(Document document) {
    return only == null || only.matches(document)
        ? entry(
            document.get(ID),
            place -> valueOf(document, fields.get(place)),
            constant -> document.get(constant.field()))
        : null;
  }

  private static @Nullable Object valueOf(Document document, String field) {
    return field.indexOf('.') < 0
        ? document.getOrMissing(field)
        : Utils.getSubdocumentValueCollectionAware(document, field);
  }

  /** The entry of a document, or null when it has none. */
  public @Nullable KeyValue entryOf(RawDocument document) {
    if (!onOwnFields) {
      return entryOf(document.decode());
    }
    return only == null || only.matches(document)
        ? entry(
            document.value(RAW_ID),
            place -> document.value(names.get(place)),
            constant -> document.value(constant.name()))
        : null;
  }

  private @Nullable KeyValue entry(
      @Nullable Object id,
      IntFunction<@Nullable Object> valueAt,
      Function<Constant, @Nullable Object> value) {
    List<@Nullable Object> entry = new ArrayList<>(fields.size() + 1);
    boolean odd = false;
    for (Constant constant : constants) {
      // A filter also matches an array that contains its value.
      odd |= !constant.value().equals(value.apply(constant));
    }
    boolean present = !isSparse();
    for (int place = 0; place < fields.size(); place++) {
      Object part = valueAt.apply(place);
      odd |= !IndexValues.isPlain(part);
      present |= !(part instanceof Missing);
      entry.add(IndexValues.normal(part));
    }
    if (odd) {
      entry.clear();
      entry.add(ODD);
    }
    entry.add(id instanceof Missing ? null : id);
    return present ? new KeyValue(entry) : null;
  }

  public void put(@Nullable KeyValue entry) {
    if (entry != null) {
      entries.put(entry, Missing.getInstance());
    }
  }

  public void drop(@Nullable KeyValue entry) {
    if (entry != null) {
      entries.remove(entry);
    }
  }

  /** Removes what an earlier build has left. */
  void clear() {
    if (entries.sizeAsLong() > 0) {
      entries.clear();
    }
  }

  /** From now on the map counts as complete, even when it has no entry. */
  void markBuilt() {
    entries.put(BUILT, Missing.getInstance());
  }

  @Override
  public boolean isEmpty() {
    return !entries.containsKey(BUILT);
  }

  @Override
  public void add(Document document, Object position, MongoCollection<Object> collection) {
    put(entryOf(document));
  }

  @Override
  public Object remove(Document document) {
    drop(entryOf(document));
    return Missing.ofNullable(document.get("_id"));
  }

  @Override
  public @Nullable Object getPosition(Document document) {
    return null;
  }

  @Override
  public void updateInPlace(
      Document oldDocument,
      Document newDocument,
      Object position,
      MongoCollection<Object> collection) {
    // The collection does it around the change of the document, so that no reader misses it.
  }

  @Override
  public void checkAdd(Document document, MongoCollection<Object> collection) {
    // Any document may have an entry.
  }

  @Override
  public void checkUpdate(
      Document oldDocument, Document newDocument, MongoCollection<Object> collection) {
    // Any document may have an entry.
  }

  @Override
  public boolean canHandle(Document query) {
    return false;
  }

  @Override
  public Iterable<Object> getPositions(Document query) {
    throw new UnsupportedOperationException("the collection plans its scans");
  }

  @Override
  public long getCount() {
    return Math.max(0, entries.sizeAsLong() - 1);
  }

  @Override
  public long getDataSize() {
    return getCount();
  }

  @Override
  public void drop() {
    // The database removes the map.
  }
}
