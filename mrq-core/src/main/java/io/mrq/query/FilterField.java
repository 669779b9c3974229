package io.mrq.query;

import io.mrq.job.InvalidJobException;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import io.mrq.query.JobCondition.ExceptionType;
import io.mrq.query.JobCondition.Fingerprint;
import io.mrq.query.JobCondition.Parent;
import io.mrq.query.JobCondition.Path;
import io.mrq.query.JobCondition.Queue;
import io.mrq.query.JobCondition.Since;
import io.mrq.query.JobCondition.Statuses;
import io.mrq.query.JobCondition.Until;
import io.mrq.query.JobCondition.Worker;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The fields by which jobs are filtered: one table for query parameters, for the filters of bulk
 * actions and for the audit log. A filter has at most one condition for each field.
 */
public enum FilterField {
  STATUS(Form.TEXTS, FilterField::statuses),
  QUEUE(Form.TEXT, one(Queue::new)),
  PATH(Form.TEXT, one(Path::new)),
  WORKER(Form.TEXT, id("a worker id", text -> new Worker(new WorkerId(text)))),
  EXCEPTIONTYPE(Form.TEXT, one(ExceptionType::new)),
  FINGERPRINT(Form.TEXT, one(Fingerprint::new)),
  PARENT(Form.TEXT, id("a job id", text -> new Parent(new JobId(text)))),
  SINCE(Form.DATE, date(Since::new)),
  UNTIL(Form.DATE, date(Until::new));

  /** What the value of a field is in JSON, in documents and in the audit log. */
  public enum Form {
    /** A text. */
    TEXT,
    /** A list of texts. */
    TEXTS,
    /** A text in JSON, a date in documents. */
    DATE
  }

  /** Makes a condition of the texts of the field with this name. */
  private interface Reader {
    JobCondition read(String field, List<String> texts);
  }

  private final String text = name().toLowerCase(Locale.ROOT);
  private final Form form;
  private final Reader reader;

  FilterField(Form form, Reader reader) {
    this.form = form;
    this.reader = reader;
  }

  /** The name in query parameters, in filters of bulk actions and in the audit log. */
  public String text() {
    return text;
  }

  /** What the value of this field is. */
  public Form form() {
    return form;
  }

  /** The field with this name, or nothing. */
  public static Optional<FilterField> ofText(String text) {
    return Stream.of(values()).filter(field -> field.text.equals(text)).findFirst();
  }

  /**
   * The condition that these texts stand for.
   *
   * @param texts one; for a field of the form {@link Form#TEXTS} at least one
   * @throws InvalidJobException naming the field, when a text has no meaning for it
   */
  public JobCondition read(List<String> texts) {
    return reader.read(text, texts);
  }

  /** The field of a condition. */
  static FilterField of(JobCondition condition) {
    return switch (condition) {
      case Statuses _ -> STATUS;
      case Queue _ -> QUEUE;
      case Path _ -> PATH;
      case Worker _ -> WORKER;
      case ExceptionType _ -> EXCEPTIONTYPE;
      case Fingerprint _ -> FINGERPRINT;
      case Parent _ -> PARENT;
      case Since _ -> SINCE;
      case Until _ -> UNTIL;
    };
  }

  /**
   * A condition as a plain value, from which {@link #read} makes an equal one: a text, a list of
   * texts or an {@link Instant}, as the form of its field says.
   */
  public static Object value(JobCondition condition) {
    return switch (condition) {
      case Statuses(Set<JobStatus> any) -> any.stream().map(JobStatus::text).sorted().toList();
      case Queue(String name) -> name;
      case Path(String name) -> name;
      case Worker(WorkerId id) -> id.hex();
      case ExceptionType(String name) -> name;
      case Fingerprint(String fingerprint) -> fingerprint;
      case Parent(JobId id) -> id.hex();
      case Since(Instant date) -> date;
      case Until(Instant date) -> date;
    };
  }

  private static JobCondition statuses(String field, List<String> texts) {
    Set<JobStatus> any = EnumSet.noneOf(JobStatus.class);
    for (String text : texts) {
      any.add(JobStatus.ofText(text).orElseThrow(() -> unknownStatus(field, text)));
    }
    return new Statuses(any);
  }

  private static InvalidJobException unknownStatus(String field, String text) {
    String known =
        Arrays.stream(JobStatus.values()).map(JobStatus::text).collect(Collectors.joining(", "));
    return new InvalidJobException(
        field, "'%s' is unknown: the statuses are %s".formatted(text, known));
  }

  private static Reader one(Function<String, JobCondition> condition) {
    return (_, texts) -> condition.apply(texts.getFirst());
  }

  private static Reader id(String what, Function<String, JobCondition> condition) {
    return (field, texts) -> {
      String text = texts.getFirst();
      try {
        return condition.apply(text);
      } catch (IllegalArgumentException _) {
        throw new InvalidJobException(
            field, "must be %s of 24 lower-case hex digits, but is '%s'".formatted(what, text));
      }
    };
  }

  private static Reader date(Function<Instant, JobCondition> condition) {
    return (field, texts) -> {
      String text = texts.getFirst();
      try {
        return condition.apply(ZonedDateTime.parse(text).toInstant());
      } catch (DateTimeException _) {
        throw new InvalidJobException(
            field,
            "must be an ISO-8601 date with a zone, such as 2027-01-31T09:30:00Z, but is '%s'"
                .formatted(text));
      }
    };
  }
}
