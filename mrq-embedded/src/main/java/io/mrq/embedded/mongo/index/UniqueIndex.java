package io.mrq.embedded.mongo.index;

import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import io.mrq.embedded.mongo.file.ValueOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/** A unique index on other fields than {@code _id}: a stored map from its keys to {@code _id}. */
public final class UniqueIndex extends AbstractUniqueIndex<Object> implements LookupIndex {

  /** More combinations of values than this are not looked up one by one. */
  private static final int MAX_LOOKUPS = 10_000;

  private final MVMap<Object, Object> map;

  public UniqueIndex(MVMap<Object, Object> map, String name, List<IndexKey> keys, boolean sparse) {
    super(name, keys, sparse);
    this.map = map;
  }

  @Override
  public @Nullable Collection<Object> candidates(Conditions conditions) {
    List<List<@Nullable Object>> keys = List.of(List.of());
    for (IndexKey key : getKeys()) {
      List<@Nullable Object> values = conditions.alternatives(key.getKey());
      if (values == null || (long) values.size() * keys.size() > MAX_LOOKUPS) {
        return null;
      }
      if (isSparse() && values.contains(null)) {
        return null;
      }
      keys = combine(keys, values);
    }
    Collection<Object> ids = new TreeSet<>(ValueOrder.INSTANCE);
    for (List<@Nullable Object> key : keys) {
      Object id = map.get(new KeyValue(key).normalized());
      if (id != null) {
        ids.add(id);
      }
    }
    return ids;
  }

  private static List<List<@Nullable Object>> combine(
      List<List<@Nullable Object>> keys, List<@Nullable Object> values) {
    List<List<@Nullable Object>> longer = new ArrayList<>();
    for (List<@Nullable Object> key : keys) {
      for (Object value : values) {
        List<@Nullable Object> extended = new ArrayList<>(key);
        extended.add(value);
        longer.add(extended);
      }
    }
    return longer;
  }

  @Override
  public boolean canHandle(Document query) {
    return false;
  }

  @Override
  protected @Nullable Object removeDocument(KeyValue key) {
    return map.remove(key);
  }

  @Override
  protected boolean putKeyPosition(KeyValue key, Object position) {
    if (map.containsKey(key)) {
      return false;
    }
    map.put(key, Missing.ofNullable(position));
    return true;
  }

  @Override
  protected @Nullable Object getPosition(KeyValue key) {
    return map.get(key);
  }

  @Override
  protected Iterable<Map.Entry<KeyValue, Object>> getIterable() {
    throw new UnsupportedOperationException("the collection asks for candidates");
  }

  @Override
  public long getCount() {
    return map.sizeAsLong();
  }

  @Override
  public boolean isEmpty() {
    return map.isEmpty();
  }

  @Override
  public long getDataSize() {
    return getCount();
  }
}
