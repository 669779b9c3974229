package io.mrq.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.queue.QueueSelection.Exact;
import io.mrq.queue.QueueSelection.Prefix;
import io.mrq.queue.QueueSelection.Raw;
import io.mrq.queue.QueueSelection.Reverse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueueSelectionTest {
  @Test
  void theEndingOfANameTellsItsKind() {
    Map<String, QueueSelection> kinds =
        Map.ofEntries(
            Map.entry("mails", new Exact("mails")),
            Map.entry("mails/slow", new Exact("mails/slow")),
            Map.entry("mails/", new Prefix("mails/")),
            Map.entry("mails/slow/", new Prefix("mails/slow/")),
            Map.entry("mails_raw/", new Prefix("mails_raw/")),
            Map.entry("mails_reverse", new Reverse("mails")),
            Map.entry("mails/slow_reverse", new Reverse("mails/slow")),
            Map.entry("mails_raw_reverse", new Reverse("mails_raw")),
            Map.entry("mails_raw", new Raw("mails_raw")),
            Map.entry("mails_set", new Raw("mails_set")),
            Map.entry("mails_timed_set/sub", new Raw("mails_timed_set/sub")));

    kinds.forEach((text, kind) -> assertThat(QueueSelection.parse(text)).isEqualTo(kind));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mails", "mails/", "mails_reverse", "mails_raw", "", "/", "_reverse", "größe \n"})
  void anyTextIsReadAndWrittenUnchanged(String text) {
    assertThat(QueueSelection.parse(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "mails, mails, true",
    "mails, mails/slow, false",
    "mails, mails_reverse, false",
    "mails/, mails/slow, true",
    "mails/, mails/a/b, true",
    "mails/, mails, false",
    "mails/, mailshots, false",
    "mails_reverse, mails, true",
    "mails_reverse, mails_reverse, false",
    "mails_reverse, mails/slow, false",
    "mails_raw, mails_raw, true",
    "mails_raw, mails, false"
  })
  void aSelectionCoversTheQueuesWhoseJobsItSelects(String text, String queue, boolean covers) {
    assertThat(QueueSelection.parse(text).covers(queue)).isEqualTo(covers);
  }
}
