package io.mrq.standalone;

import java.nio.file.Path;
import org.testcontainers.junit.jupiter.Testcontainers;

/** The crawl on a real MongoDB and Redis, where a Docker engine is. */
@Testcontainers(disabledWithoutDocker = true)
class ContainerJavadocCrawlIT extends JavadocCrawlSuite {
  @Override
  Stores stores(Path data) {
    return Stores.containers();
  }
}
