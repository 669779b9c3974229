package io.mrq.mongo.index;

import com.mongodb.client.model.IndexOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * An index that a collection should have, all of its keys ascending.
 *
 * @param fields the keys in order
 * @param isSparse whether it leaves out documents without the field
 * @param expiresAfter in seconds: documents are deleted that long after the date in the field;
 *     null: never
 * @param only the documents that it holds; null: all
 */
record WantedIndex(
    List<String> fields, boolean isSparse, @Nullable Long expiresAfter, @Nullable Document only) {
  static WantedIndex on(String... fields) {
    return new WantedIndex(List.of(fields), false, null, null);
  }

  WantedIndex sparse() {
    return new WantedIndex(fields, true, expiresAfter, only);
  }

  WantedIndex expiring(long seconds) {
    return new WantedIndex(fields, isSparse, seconds, only);
  }

  WantedIndex only(Document matching) {
    return new WantedIndex(fields, isSparse, expiresAfter, matching);
  }

  Document keys() {
    Document keys = new Document();
    fields.forEach(field -> keys.append(field, 1));
    return keys;
  }

  /** The name that every driver gives it. */
  String name() {
    return fields.stream().map(field -> field + "_1").collect(Collectors.joining("_"));
  }

  /** The options; in the background, as Python creates all of its indexes. */
  IndexOptions options() {
    IndexOptions options = new IndexOptions().background(true).sparse(isSparse);
    if (only != null) {
      options.partialFilterExpression(only);
    }
    return expiresAfter == null ? options : options.expireAfter(expiresAfter, TimeUnit.SECONDS);
  }

  /** Whether an index, as the server describes it, has these keys. */
  boolean hasKeysOf(Document existing) {
    Document keys = existing.get("key", new Document());
    return List.copyOf(keys.keySet()).equals(fields)
        && keys.values().stream().allMatch(way -> way instanceof Number n && n.intValue() == 1);
  }

  /** Whether an index, as the server describes it, is exactly this one. */
  boolean isSameAs(Document existing) {
    Long ttl =
        existing.get("expireAfterSeconds") instanceof Number seconds ? seconds.longValue() : null;
    return hasKeysOf(existing)
        && new WantedIndex(
                fields,
                isSet(existing, "sparse"),
                ttl,
                existing.get("partialFilterExpression", Document.class))
            .equals(this)
        && !isSet(existing, "unique");
  }

  /** The server keeps a flag as it was given: {@code true}, or a number. */
  private static boolean isSet(Document existing, String flag) {
    return switch (existing.get(flag)) {
      case Boolean value -> value;
      case Number value -> value.doubleValue() != 0;
      case null, default -> false;
    };
  }

  @Override
  public String toString() {
    return fields
        + (isSparse ? ", sparse" : "")
        + (expiresAfter == null ? "" : ", expires after " + expiresAfter + " s")
        + (only == null ? "" : ", only of " + only.toJson());
  }
}
