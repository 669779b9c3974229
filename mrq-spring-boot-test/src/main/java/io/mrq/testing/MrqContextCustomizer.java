package io.mrq.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.util.ClassUtils;
import org.springframework.util.FileSystemUtils;

/**
 * Switches off what works in the background, and says where the jobs are kept. Its components are
 * part of the key of cached contexts.
 */
record MrqContextCustomizer(TestStores stores, String startsAt) implements ContextCustomizer {
  static final String STORES = "mrq.test.stores";
  static final String STARTS_AT = "mrq.test.starts-at";

  private static final String EMBEDDED_STORE = "io.mrq.embedded.EmbeddedMongo";

  @Override
  public void customizeContext(
      ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
    if (stores == TestStores.EMBEDDED && !ClassUtils.isPresent(EMBEDDED_STORE, null)) {
      throw new IllegalStateException(
          "The test asks for embedded stores: add the dependency io.mrq:mrq-embedded in the scope test");
    }
    TestPropertyValues.of(
            "mrq.worker.enabled=false",
            "mrq.scheduler.enabled=false",
            STORES + "=" + stores.name().toLowerCase(Locale.ROOT),
            STARTS_AT + "=" + startsAt,
            // Also with stores in memory, since the application may use embedded ones by itself;
            // and beside an application that runs on this machine.
            "mrq.embedded.data-dir=" + temporaryFolder(context),
            "mrq.embedded.mongo.port=0",
            "mrq.embedded.redis.port=0")
        .applyTo(context);
  }

  /** What is registered first is destroyed last, so after the stores have closed. */
  private static Path temporaryFolder(ConfigurableApplicationContext context) {
    try {
      Path folder = Files.createTempDirectory("mrq-test-");
      ((DefaultListableBeanFactory) context.getBeanFactory())
          .registerDisposableBean("mrqTestFolder", () -> FileSystemUtils.deleteRecursively(folder));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
