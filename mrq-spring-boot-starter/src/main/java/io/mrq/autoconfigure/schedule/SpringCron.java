package io.mrq.autoconfigure.schedule;

import io.mrq.schedule.CronParser;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/**
 * Cron expressions as Spring understands them, and also those of five fields that begin with the
 * minutes. Spring computes local dates and times only; what a change of the clock makes of them is
 * not its business here.
 */
final class SpringCron implements CronParser {
  @Override
  public CronTimes parse(String expression) {
    String stripped = expression.strip();
    String text = stripped.equalsIgnoreCase("@hourly") ? "0 * * * *" : stripped;
    String[] fields = text.split("\\s+", -1);
    String all = fields.length == 5 ? "0 " + text : text;
    try {
      boolean isHourly = !text.startsWith("@") && fields[fields.length == 5 ? 1 : 2].equals("*");
      return new Times(CronExpression.parse(all), isHourly);
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "must be a cron expression such as '0 3 * * MON-FRI', but is '%s': it needs 5 fields (minute, hour, day, month, weekday), or 6 with the second first"
              .formatted(expression),
          e);
    }
  }

  private record Times(CronExpression expression, boolean isHourly) implements CronTimes {
    @Override
    public @Nullable LocalDateTime next(LocalDateTime after) {
      return expression.next(after);
    }
  }
}
