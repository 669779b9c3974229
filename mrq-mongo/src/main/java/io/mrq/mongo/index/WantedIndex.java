package io.mrq.mongo.index;

import com.mongodb.client.model.IndexOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * An index, all of its keys ascending.
 *
 * @param fields in order
 * @param isSparse leaves out documents without the field
 * @param expiresAfter deletes documents so many seconds after the date in the field; null: does not
 * @param only holds documents that match this; null: all
 */
public record WantedIndex(
    List<String> fields, boolean isSparse, @Nullable Long expiresAfter, @Nullable Document only) {
  public static WantedIndex on(String... fields) {
    return new WantedIndex(List.of(fields), false, null, null);
  }

  public WantedIndex sparse() {
    return new WantedIndex(fields, true, expiresAfter, only);
  }

  public WantedIndex expiring(long seconds) {
    return new WantedIndex(fields, isSparse, seconds, only);
  }

  public WantedIndex only(Document matching) {
    return new WantedIndex(fields, isSparse, expiresAfter, matching);
  }

  public Document keys() {
    Document keys = new Document();
    fields.forEach(field -> keys.append(field, 1));
    return keys;
  }

  /** The name that every driver gives it. */
  public String name() {
    return fields.stream().map(field -> field + "_1").collect(Collectors.joining("_"));
  }

  /** Python asks for all of its indexes in the background. */
  public IndexOptions options() {
    IndexOptions options = new IndexOptions().background(true).sparse(isSparse);
    if (only != null) {
      options.partialFilterExpression(only);
    }
    return expiresAfter == null ? options : options.expireAfter(expiresAfter, TimeUnit.SECONDS);
  }

  /** Whether the server's description tells of an index of these keys. */
  public boolean hasKeysOf(Document existing) {
    Document keys = existing.get("key", new Document());
    return List.copyOf(keys.keySet()).equals(fields)
        && keys.values().stream().allMatch(way -> way instanceof Number n && n.intValue() == 1);
  }

  /** Whether the server's description tells of exactly this index. */
  public boolean isSameAs(Document existing) {
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

  /** The server keeps a flag as it was written: {@code true}, or a number. */
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
