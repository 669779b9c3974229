package io.mrq.mongo.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.Job;
import io.mrq.mongo.document.PlainBson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A job reads the same in one pass over its bytes as with the care that odd documents get. */
class JobDecoderTest {
  private static final Instant DATE = Instant.parse("2026-11-24T09:30:00.123Z");
  private static final String SPAN = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @Test
  void aWholeDocumentReadsTheSameEitherWay() {
    Map<String, @Nullable Object> document = whole();
    Job usual = usual(document);
    // A field that is null is as good as absent, but it is not usual.
    document.put(JobFields.DATERETRY, null);

    assertThat(JobDecoder.usual(PlainBson.encode(document), values -> values)).isNull();
    assertThat(JobDocuments.job(PlainBson.encode(document)))
        .contains(usual.toBuilder().dateretry(null).build());
  }

  @Test
  void numbersOfEveryTypeReadTheSameEitherWay() {
    for (Object number : List.of(7, 7L, 7.0, 6.9, 1L << 40, -3, Double.NaN)) {
      Map<String, @Nullable Object> document = whole();
      for (String field :
          List.of(
              JobFields.PRIORITY,
              JobFields.ORDER,
              JobFields.ATTEMPT,
              JobFields.RETRY_COUNT,
              JobFields.CRASHES,
              JobFields.PROGRESS,
              JobFields.TOTALTIME,
              JobFields.TIMEOUT,
              JobFields.MAX_RETRIES,
              JobFields.TTL)) {
        document.put(field, number);
      }
      document.remove(JobFields.DATERETRY);
      Job usual = usual(document);
      document.put(JobFields.DATERETRY, null);

      assertThat(JobDocuments.job(PlainBson.encode(document)))
          .as("with the number %s", number)
          .contains(usual);
    }
  }

  @Test
  void aFieldOfAnotherTypeMakesTheDocumentOdd() {
    for (String field : whole().keySet()) {
      if (field.equals(JobFields.RESULT) || field.equals("of_others")) {
        continue;
      }
      Map<String, @Nullable Object> document = whole();
      document.put(field, true);

      assertThat(JobDecoder.usual(PlainBson.encode(document), values -> values))
          .as("with a flag as %s", field)
          .isNull();
    }
  }

  private static Job usual(Map<String, @Nullable Object> document) {
    return Objects.requireNonNull(
        JobDecoder.usual(PlainBson.encode(document), values -> values), "it is odd");
  }

  private static Map<String, @Nullable Object> whole() {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put(JobFields.ID, new ObjectId("6ab1c2d3e4f5061728394a5b"));
    document.put(JobFields.PATH, "a.Task");
    document.put(JobFields.PARAMS, Map.of("n", 1, "deep", List.of(Map.of("x", "y"))));
    document.put(JobFields.QUEUE, "a");
    document.put(JobFields.STATUS, "started");
    document.put(JobFields.DATEQUEUED, DATE);
    document.put(JobFields.DATESTARTED, DATE);
    document.put(JobFields.DATEUPDATED, DATE);
    document.put(JobFields.DATERETRY, DATE);
    document.put(JobFields.DATEEXPIRES, DATE);
    document.put(JobFields.ORDER, 1.5e12);
    document.put(JobFields.PRIORITY, 3);
    document.put(JobFields.WORKER, new ObjectId("ffffffffe4f5061728394a5b"));
    document.put(JobFields.CLAIM, new ObjectId("000000000000000000000001"));
    document.put(JobFields.ATTEMPT, 2);
    document.put(JobFields.RETRY_COUNT, 1);
    document.put(JobFields.CRASHES, 1);
    document.put(JobFields.RESULT, Map.of("sum", 42L));
    document.put(JobFields.PROGRESS, 0.5);
    document.put(JobFields.TOTALTIME, 1.25);
    document.put(JobFields.EXCEPTIONTYPE, "Odd");
    document.put(JobFields.FINGERPRINT, "f");
    document.put(JobFields.TRACEBACK, "at x");
    document.put(
        JobFields.TRACEBACK_HISTORY,
        List.of(
            Map.of(
                JobFields.DATE,
                DATE,
                JobFields.STATUS,
                "retry",
                JobFields.EXCEPTIONTYPE,
                "Odd",
                JobFields.TRACEBACK,
                "at x",
                JobFields.WORKER,
                new ObjectId("ffffffffe4f5061728394a5b"))));
    document.put(JobFields.TIMEOUT, 0.0);
    document.put(JobFields.MAX_RETRIES, 5);
    document.put(JobFields.TTL, 60);
    document.put(JobFields.PARENT, new ObjectId("6ab1c2d3e4f5061728394a5c"));
    document.put(JobFields.TRACE, Map.of(JobFields.TRACEPARENT, SPAN, JobFields.ATTEMPT, SPAN));
    document.put("of_others", List.of("kept"));
    return document;
  }
}
