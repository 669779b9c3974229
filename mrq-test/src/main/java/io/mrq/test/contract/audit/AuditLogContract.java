package io.mrq.test.contract.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.audit.AuditEntry;
import io.mrq.audit.AuditEntry.Outcome;
import io.mrq.audit.AuditId;
import io.mrq.test.contract.StoreContract;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an {@code AuditLog} does. */
public abstract class AuditLogContract extends StoreContract {

  @Test
  void anEntryIsReadAsItWasWritten() {
    Map<String, @Nullable Object> filter = new LinkedHashMap<>();
    filter.put("status", List.of("failed", "timeout"));
    filter.put("queue", "mails");
    AuditEntry whole =
        new AuditEntry(
            AuditId.next(), NOW, "operator", "action.start", "t", filter, 7L, Outcome.BEGUN, "why");
    AuditEntry bare = entry("queue.pause");

    ports.audit().append(whole, LATER);
    ports.audit().append(bare, LATER);
    ports.audit().append(bare, LATER);

    assertThat(ports.audit().list(null, 10)).containsExactly(bare, whole);
  }

  @Test
  void entriesAreListedNewestFirstInPages() {
    List<AuditEntry> newestFirst = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      AuditEntry entry = entry("job.cancel");
      ports.audit().append(entry, LATER);
      newestFirst.addFirst(entry);
    }

    List<AuditEntry> walked = new ArrayList<>();
    List<AuditEntry> page = ports.audit().list(null, 3);
    while (!page.isEmpty()) {
      assertThat(page).hasSizeLessThanOrEqualTo(3);
      walked.addAll(page);
      page = ports.audit().list(page.getLast().id(), 3);
    }

    assertThat(walked).isEqualTo(newestFirst);
    assertThat(ports.audit().list(null, 0)).isEmpty();
  }

  @Test
  void anActIsConcludedOnce() {
    AuditEntry entry = entry("job.cancel");
    ports.audit().append(entry, LATER);

    assertThat(ports.audit().conclude(entry.id(), Outcome.REFUSED, "it has ended")).isTrue();
    assertThat(ports.audit().conclude(entry.id(), Outcome.DONE, null)).isFalse();
    assertThat(ports.audit().conclude(AuditId.next(), Outcome.DONE, null)).isFalse();

    AuditEntry stored = ports.audit().list(null, 10).getFirst();
    assertThat(stored.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(stored.detail()).isEqualTo("it has ended");
  }

  @Test
  void aConclusionWithoutDetailKeepsTheOneThatIsThere() {
    AuditEntry entry =
        new AuditEntry(
            AuditId.next(), NOW, "operator", "job.cancel", "t", Map.of(), null, Outcome.BEGUN, "x");
    ports.audit().append(entry, LATER);

    assertThat(ports.audit().conclude(entry.id(), Outcome.DONE, null)).isTrue();

    assertThat(ports.audit().list(null, 1).getFirst().detail()).isEqualTo("x");
    assertThat(ports.audit().list(null, 1).getFirst().outcome()).isEqualTo(Outcome.DONE);
  }

  @Test
  void anEntryIsForgottenWhenItsTimeHasCome() {
    AuditEntry early = entry("a");
    AuditEntry late = entry("b");
    ports.audit().append(early, NOW);
    ports.audit().append(late, LATER);

    assertThat(ports.audit().deleteExpired(NOW.minusMillis(1), 10)).isZero();
    assertThat(ports.audit().deleteExpired(NOW, 10)).isEqualTo(1);

    assertThat(ports.audit().list(null, 10)).containsExactly(late);
    assertThat(ports.audit().deleteExpired(LATER, 0)).isZero();
  }

  private static AuditEntry entry(String action) {
    return new AuditEntry(
        AuditId.next(), NOW, "anonymous", action, null, Map.of(), null, Outcome.BEGUN, null);
  }
}
