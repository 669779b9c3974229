package io.mrq.embedded.mongo.index;

import io.mrq.embedded.mongo.file.StoreFile;
import io.mrq.embedded.mongo.raw.Bson;
import io.mrq.embedded.mongo.raw.RawDocument;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;

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
    // Pages may be moved while they are read.
    file.reading(() -> {
      Cursor<Object, byte[]> all = documents.cursor(null);
      while (all.hasNext()) {
        all.next();
        byte[] bytes = all.getValue();
        RawDocument document = RawDocument.of(bytes);
        index.put(document == null ? index.entryOf(Bson.decode(bytes)) : index.entryOf(document));
        file.makeRoom();
      }
      return index;
    });
    index.markBuilt();
  }
}
