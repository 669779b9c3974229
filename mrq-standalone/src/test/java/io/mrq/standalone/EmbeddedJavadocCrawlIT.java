package io.mrq.standalone;

import java.nio.file.Path;

/** The crawl on the embedded stores. */
class EmbeddedJavadocCrawlIT extends JavadocCrawlSuite {
  @Override
  Stores stores(Path data) {
    return Stores.embedded(data);
  }
}
