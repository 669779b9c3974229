package io.mrq.embedded.mongo.index;

import io.mrq.embedded.mongo.file.StoreFile;
import io.mrq.embedded.mongo.raw.Bson;
import io.mrq.embedded.mongo.raw.RawDocument;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the entries of an index for documents that were there before it. Its pages are written to
 * the file as they fill the memory, so that an index over millions of documents needs no more of it
 * than one over thousands. Until all entries are there, the index does not count: a process that is
 * killed meanwhile leaves some of them, which the next build removes.
 */
public record IndexBuild(StoreFile file, MVMap<Object, byte[]> documents) {

  /** Makes all entries. No other write may be under way. */
  public void run(OrderedIndex index) {
    index.clear();
    Object next = documents.firstKey();
    while (next != null) {
      Object from = next;
      // A state that is read keeps the pages in memory that were changed since.
      next = file.reading(() -> fillMemory(index, from));
      file.makeRoom();
    }
    index.markBuilt();
  }

  /**
   * Makes entries until their pages fill the memory.
   *
   * @return the {@code _id} from which to go on; null at the end
   */
  private @Nullable Object fillMemory(OrderedIndex index, Object from) {
    Cursor<Object, byte[]> some = documents.cursor(from);
    some.next();
    do {
      byte[] bytes = some.getValue();
      RawDocument document = RawDocument.of(bytes);
      index.put(document == null ? index.entryOf(Bson.decode(bytes)) : index.entryOf(document));
      if (!some.hasNext()) {
        return null;
      }
      some.next();
    } while (!file.needsRoom());
    return some.getKey();
  }
}
