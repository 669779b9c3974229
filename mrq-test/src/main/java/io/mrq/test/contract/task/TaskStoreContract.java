package io.mrq.test.contract.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.task.LayeredSettings;
import io.mrq.task.PublishedTask;
import io.mrq.task.SettingOrigin;
import io.mrq.task.TaskOverride;
import io.mrq.task.TaskRelease;
import io.mrq.task.TaskSetting;
import io.mrq.test.contract.StoreContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a {@code TaskStore} does. */
public abstract class TaskStoreContract extends StoreContract {
  private static final LayeredSettings SETTINGS =
      LayeredSettings.DEFAULT
          .with(SettingOrigin.ANNOTATION, Map.of(TaskSetting.QUEUE, "reports"))
          .with(
              SettingOrigin.PROPERTY,
              Map.of(
                  TaskSetting.TIMEOUT,
                  "2m",
                  TaskSetting.MAX_RETRIES,
                  7,
                  TaskSetting.RETRY_MULTIPLIER,
                  1.5,
                  TaskSetting.CANCEL_TTL,
                  "3d",
                  TaskSetting.RETRY_ON,
                  List.of("java.io.IOException"),
                  TaskSetting.THREADS,
                  "platform"));
  private static final PublishedTask MONTHLY =
      new PublishedTask(
          "reports.monthly",
          "Makes the report of a month",
          SETTINGS,
          "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"type\":\"object\"}",
          List.of("customer"));
  private static final PublishedTask DAILY =
      new PublishedTask("reports.daily", "", LayeredSettings.DEFAULT, null, List.of());

  private static TaskRelease release(String version, PublishedTask... tasks) {
    return TaskRelease.of("reports", version, List.of(tasks), NOW);
  }

  // ENQ-03, CFG-08
  @Test
  void aReleaseIsReadAsItWasPublished() {
    TaskRelease release = release("1.0", MONTHLY, DAILY);

    ports.tasks().publish(release);

    assertThat(ports.tasks().load(List.of(release.id(), "absent"))).containsExactly(release);
    assertThat(release.tasks()).containsExactly(DAILY, MONTHLY);
    assertThat(ports.tasks().load(List.of())).isEmpty();
  }

  @Test
  void aListOfReleasesLeavesTheirTasksOut() {
    TaskRelease one = release("1.0", MONTHLY);
    TaskRelease two = release("2.0", MONTHLY).seen(LATER, LATER);
    ports.tasks().publish(two);
    ports.tasks().publish(one);

    assertThat(ports.tasks().releases())
        .containsExactly(
            new TaskRelease(one.id(), "reports", "1.0", List.of(), NOW, NOW),
            new TaskRelease(two.id(), "reports", "2.0", List.of(), LATER, LATER));
  }

  @Test
  void manyWorkersWithTheSameTasksHaveOneReleaseWhoseFirstDateStays() {
    TaskRelease first = release("1.0", MONTHLY, DAILY);
    TaskRelease again = TaskRelease.of("reports", "1.0", List.of(DAILY, MONTHLY), LATER);
    ports.tasks().publish(first);
    ports.tasks().publish(again);
    ports.tasks().publish(first);

    assertThat(again.id()).isEqualTo(first.id());
    assertThat(ports.tasks().load(List.of(first.id()))).containsExactly(first.seen(NOW, LATER));
  }

  @Test
  void aReleaseIsRenewedUnlessThatWasDoneLately() {
    TaskRelease release = release("1.0", MONTHLY);
    ports.tasks().publish(release);

    assertThat(ports.tasks().renew(release.id(), LATER, NOW)).isTrue();
    assertThat(ports.tasks().releases().getFirst().seen()).isEqualTo(NOW);
    assertThat(ports.tasks().renew(release.id(), LATER, LATER)).isTrue();
    assertThat(ports.tasks().releases().getFirst().seen()).isEqualTo(LATER);
    assertThat(ports.tasks().renew("absent", LATER, LATER)).isFalse();
  }

  @Test
  void releasesThatNobodyHasAnyMoreAreDeletedUpToALimit() {
    ports.tasks().publish(release("1.0", MONTHLY));
    ports.tasks().publish(release("2.0", MONTHLY));
    ports.tasks().publish(release("3.0", MONTHLY).seen(NOW, LATER));

    assertThat(ports.tasks().deleteUnseen(LATER, 1)).isEqualTo(1);
    assertThat(ports.tasks().deleteUnseen(LATER, 10)).isEqualTo(1);
    assertThat(ports.tasks().releases()).extracting(TaskRelease::version).containsExactly("3.0");
  }

  // CFG-08
  @Test
  void settingsAreOverriddenAndResetOneByOne() {
    String path = "reports.monthly";
    Map<TaskSetting, Object> set = Map.of(TaskSetting.QUEUE, "slow", TaskSetting.TIMEOUT, "PT5M");
    ports.tasks().override(path, set, List.of(), "ann", NOW);
    assertThat(ports.tasks().overrides()).containsExactly(new TaskOverride(path, set, "ann", NOW));

    ports
        .tasks()
        .override(
            path, Map.of(TaskSetting.MAX_RETRIES, 1), List.of(TaskSetting.QUEUE), "ben", LATER);
    assertThat(ports.tasks().overrides())
        .containsExactly(
            new TaskOverride(
                path,
                Map.of(TaskSetting.MAX_RETRIES, 1, TaskSetting.TIMEOUT, "PT5M"),
                "ben",
                LATER));

    ports
        .tasks()
        .override(
            path, Map.of(), List.of(TaskSetting.MAX_RETRIES, TaskSetting.TIMEOUT), "ann", LATER);
    assertThat(ports.tasks().overrides()).isEmpty();
  }

  @Test
  void aTaskThatNobodyKnowsAndAnOddPathCanHaveOverrides() {
    for (String path : List.of("$set", "a.b.c", "ü/§", "x".repeat(200))) {
      ports.tasks().override(path, Map.of(TaskSetting.MAX_RETRIES, 1), List.of(), "ann", NOW);
    }

    assertThat(ports.tasks().overrides())
        .extracting(TaskOverride::path)
        .containsExactlyInAnyOrder("$set", "a.b.c", "ü/§", "x".repeat(200));
  }

  @Test
  void resettingWhatNobodyHasOverriddenIsHarmless() {
    ports.tasks().override("a", Map.of(), List.of(TaskSetting.QUEUE), "ann", NOW);

    assertThat(ports.tasks().overrides()).isEmpty();
  }
}
