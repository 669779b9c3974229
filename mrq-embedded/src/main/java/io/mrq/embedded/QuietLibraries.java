package io.mrq.embedded;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggerConfiguration;
import org.springframework.boot.logging.LoggingSystem;

/**
 * Sets the level of the protocol library to WARN, because it logs every connection; a configured
 * level is kept.
 */
final class QuietLibraries {

  private static final String PROTOCOL_LIBRARY = "de.bwaldvogel";

  private QuietLibraries() {}

  static void apply() {
    LoggingSystem logging = LoggingSystem.get(QuietLibraries.class.getClassLoader());
    LoggerConfiguration library = logging.getLoggerConfiguration(PROTOCOL_LIBRARY);
    if (library == null || library.getConfiguredLevel() == null) {
      logging.setLogLevel(PROTOCOL_LIBRARY, LogLevel.WARN);
    }
  }
}
