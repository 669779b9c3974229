package io.mrq.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskRegistryTest {
  private static final TaskSettings MAILS = TaskSettings.builder().queue("mails").build();

  @Test
  void itsCatalogueKnowsTheSettingsOfItsTasksOnly() {
    TaskCatalog catalog =
        new TaskRegistry(List.of(new TaskDefinition("mails.Send", MAILS, _ -> null))).catalog();

    assertThat(catalog.find("mails.Send")).contains(MAILS);
    assertThat(catalog.find("mails.Receive")).isEmpty();
    assertThat(catalog.settings("mails.Receive")).isEqualTo(TaskSettings.DEFAULT);
  }

  @Test
  void aTaskThatIsFoundLaterIsInACatalogueThatWasAskedForBefore() {
    Map<String, TaskDefinition> found = new LinkedHashMap<>();
    TaskCatalog catalog = new TaskRegistry(() -> found).catalog();

    found.put("mails.Send", new TaskDefinition("mails.Send", MAILS, _ -> null));

    assertThat(catalog.settings("mails.Send")).isEqualTo(MAILS);
  }

  @Test
  void twoTasksOfOnePathAreRefused() {
    TaskDefinition task = new TaskDefinition("mails.Send", MAILS, _ -> null);

    assertThatThrownBy(() -> new TaskRegistry(List.of(task, task)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mails.Send");
  }
}
