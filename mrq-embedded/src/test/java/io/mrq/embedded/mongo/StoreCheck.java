package io.mrq.embedded.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import io.mrq.embedded.mongo.file.StoreFile;
import io.mrq.embedded.mongo.raw.Bson;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.h2.mvstore.MVMap;

/** Looks into the file of a closed store: every document readable, every index entry right. */
public final class StoreCheck {

  private StoreCheck() {}

  /**
   * Checks a collection and its unique index on one field.
   *
   * @return the value of that field by {@code _id}
   */
  public static Map<Object, Object> check(Path path, String collection, String field) {
    StoreFile file = StoreFile.open(path);
    try {
      Map<Object, Object> values = new HashMap<>();
      MVMap<Object, byte[]> documents = file.documents("documents." + collection);
      documents.forEach((id, bytes) -> {
        Document document = Bson.decode(bytes);
        assertThat(document.get("_id")).isEqualTo(id);
        values.put(id, document.get(field));
      });
      Map<Object, Object> expected = new HashMap<>();
      values.forEach((id, value) -> expected.put(new KeyValue(value).normalized(), id));
      Map<Object, Object> entries =
          new HashMap<>(file.index("index." + collection + "$" + field + "_1"));
      assertThat(entries).isEqualTo(expected);
      return values;
    } finally {
      file.close();
    }
  }
}
