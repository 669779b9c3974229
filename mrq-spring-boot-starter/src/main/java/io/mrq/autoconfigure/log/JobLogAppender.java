package io.mrq.autoconfigure.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.mrq.engine.log.JobLogs;

/**
 * Gives each log event to the {@link JobLogs}, which know whether it belongs to a job; only then is
 * it formatted. This appender never logs and never waits.
 */
final class JobLogAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private final JobLogs logs;
  private final Level lowest;

  JobLogAppender(JobLogs logs, Level lowest) {
    this.logs = logs;
    this.lowest = lowest;
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(lowest)) {
      logs.log(
          event.getInstant(),
          event.getLevel().toString(),
          event.getLoggerName(),
          () -> message(event),
          event.getMDCPropertyMap().get(JobLogs.MDC_JOB));
    }
  }

  private static String message(ILoggingEvent event) {
    String message = String.valueOf(event.getFormattedMessage());
    return event.getThrowableProxy() == null
        ? message
        : message + "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy()).stripTrailing();
  }
}
