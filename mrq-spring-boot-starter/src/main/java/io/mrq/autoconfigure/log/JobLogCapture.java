package io.mrq.autoconfigure.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.mrq.engine.log.JobLogs;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.logging.LogLevel;

/**
 * Hands everything that reaches the root logger to the {@link JobLogs}, as long as the application
 * runs. A logger that does not pass its events on to the root logger is not seen.
 */
final class JobLogCapture implements InitializingBean, DisposableBean {
  private final JobLogAppender appender;

  JobLogCapture(JobLogs logs, LogLevel level) {
    appender = new JobLogAppender(logs, Level.toLevel(level.name(), Level.OFF));
  }

  @Override
  public void afterPropertiesSet() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      appender.setContext(context);
      appender.setName("mrq-jobs");
      appender.start();
      root(context).addAppender(appender);
    }
  }

  @Override
  public void destroy() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      root(context).detachAppender(appender);
      appender.stop();
    }
  }

  private static Logger root(LoggerContext context) {
    return context.getLogger(Logger.ROOT_LOGGER_NAME);
  }
}
