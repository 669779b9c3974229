package io.mrq.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.job.InvalidJobException;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.query.JobFilter;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The plain values of a bulk action's filter. */
class BulkFilterFieldsTest {
  @Test
  void aTextStandsForAListOfOne() {
    assertThat(BulkFilterFields.read(Map.of("status", "failed")))
        .isEqualTo(BulkFilter.of(JobFilter.ALL.statuses(Set.of(JobStatus.FAILED))));
    JobId id = JobId.next();
    assertThat(BulkFilterFields.read(Map.of("ids", id.hex())).ids()).containsExactly(id);
  }

  @Test
  void aDateMayBeATextOrADate() {
    Instant date = Instant.parse("2027-01-31T09:30:00.5Z");
    BulkFilter since = BulkFilter.of(JobFilter.ALL.since(date));

    assertThat(BulkFilterFields.read(Map.of("since", "2027-01-31T10:30:00.5+01:00")))
        .isEqualTo(since);
    assertThat(BulkFilterFields.read(Map.of("since", date))).isEqualTo(since);
  }

  @Test
  void nullCountsAsAbsent() {
    Map<String, @Nullable Object> fields = new HashMap<>();
    fields.put("queue", null);
    fields.put("ids", null);

    assertThat(BulkFilterFields.read(fields).isEmpty()).isTrue();
  }

  @Test
  void whatIsNotUnderstoodIsRefusedByName() {
    assertRefused(Map.of("que", "q"), "que", "the conditions are status, queue, path");
    assertRefused(Map.of("queue", List.of("q")), "queue", "1 to 1000 characters");
    assertRefused(Map.of("queue", Map.of("$ne", "q")), "queue", "1 to 1000 characters");
    assertRefused(Map.of("queue", Instant.EPOCH), "queue", "1 to 1000 characters");
    assertRefused(Map.of("path", ""), "path", "1 to 1000 characters");
    assertRefused(Map.of("path", "p".repeat(1001)), "path", "1 to 1000 characters");
    assertRefused(Map.of("status", List.of()), "status", "must not be an empty list");
    assertRefused(Map.of("status", List.of("failed", 7)), "status", "1 to 1000 characters");
    assertRefused(Map.of("ids", List.of()), "ids", "must not be an empty list");
    assertRefused(Map.of("ids", List.of("7")), "ids", "24 lower-case hex digits");
    assertRefused(
        Map.of("ids", Collections.nCopies(10_001, "7")), "ids", "at most 10000 ids, not 10001");
  }

  private static void assertRefused(Map<String, ?> fields, String field, String complaint) {
    assertThatThrownBy(() -> BulkFilterFields.read(fields))
        .isInstanceOfSatisfying(
            InvalidJobException.class, e -> assertThat(e.field()).isEqualTo(field))
        .hasMessageContaining(complaint);
  }
}
