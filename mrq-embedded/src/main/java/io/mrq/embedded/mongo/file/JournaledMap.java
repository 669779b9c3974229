package io.mrq.embedded.mongo.file;

import java.util.Map;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.type.DataType;
import org.jspecify.annotations.Nullable;

/**
 * A map whose changes are noted for the journal. They are made by {@link #put}, {@link #remove} and
 * {@link #clear} alone, and two of the same key never at the same time: a collection is locked
 * while it changes.
 */
final class JournaledMap<V> extends MVMap<Object, V> {

  private final PendingChanges changes;

  private JournaledMap(
      Map<String, Object> config,
      DataType<Object> keyType,
      DataType<V> valueType,
      PendingChanges changes) {
    super(config, keyType, valueType);
    this.changes = changes;
  }

  @Override
  public @Nullable V put(Object key, V value) {
    V before = super.put(key, value);
    changes.add(this, key, value);
    return before;
  }

  @Override
  public @Nullable V remove(Object key) {
    V before = super.remove(key);
    if (before != null) {
      changes.add(this, key, null);
    }
    return before;
  }

  @Override
  public void clear() {
    changes.giveUp();
    super.clear();
  }

  /** Opens such maps. */
  static final class Builder<V> extends MVMap.BasicBuilder<JournaledMap<V>, Object, V> {

    private final PendingChanges changes;

    Builder(DataType<V> valueType, PendingChanges changes) {
      this.changes = changes;
      setKeyType(KeyType.INSTANCE);
      setValueType(valueType);
    }

    @Override
    protected JournaledMap<V> create(Map<String, Object> config) {
      return new JournaledMap<>(config, getKeyType(), getValueType(), changes);
    }
  }
}
