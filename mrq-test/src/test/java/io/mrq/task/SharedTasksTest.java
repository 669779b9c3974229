package io.mrq.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.store.StoreUnavailableException;
import io.mrq.test.MutableClock;
import io.mrq.test.memory.InMemoryStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SharedTasksTest {
  private static final String PATH = "reports.monthly";

  private final MutableClock clock = MutableClock.create();
  private final AtomicLong nanos = new AtomicLong(1);
  private final InMemoryStore store = new InMemoryStore(clock);
  private final Map<String, LayeredSettings> local = new HashMap<>();
  private final Map<String, Map<TaskSetting, Object>> properties = new HashMap<>();
  private final ArrayDeque<Runnable> background = new ArrayDeque<>();
  private final SharedTasks tasks =
      new SharedTasks(
          store.tasks(),
          path -> Optional.ofNullable(local.get(path)),
          path -> properties.getOrDefault(path, Map.of()),
          TaskSettings.DEFAULT,
          clock,
          nanos::get,
          background::add);

  private static PublishedTask task(String queue, @Nullable String schema) {
    LayeredSettings settings =
        LayeredSettings.DEFAULT.with(
            SettingOrigin.ANNOTATION,
            Map.of(TaskSetting.QUEUE, queue, TaskSetting.CANCEL_TTL, "3d"));
    return new PublishedTask(PATH, "", settings, schema, List.of());
  }

  private void publish(String version, PublishedTask... known) {
    store.tasks().publish(TaskRelease.of("reports", version, List.of(known), clock.instant()));
  }

  private void override(TaskSetting setting, Object value) {
    store.tasks().override(PATH, Map.of(setting, value), List.of(), "ann", clock.instant());
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    clock.advance(time);
  }

  // ENQ-03, TTL-03, CFG-08
  @Test
  void aProcessWithoutTheCodeKnowsWhatAWorkerHasPublished() {
    publish("1.0", task("reports", null));

    assertThat(tasks.settings(PATH).queue()).isEqualTo("reports");
    assertThat(tasks.settings(PATH).retention().cancel()).isEqualTo(Duration.ofDays(3));
    assertThat(tasks.find("unknown")).isEmpty();
    assertThat(tasks.settings("unknown")).isEqualTo(TaskSettings.DEFAULT);
    assertThat(tasks.paths()).containsExactly(PATH);
  }

  // CFG-08
  @Test
  void anOverrideWinsOverAPropertyAndAPropertyOverTheCode() {
    publish("1.0", task("reports", null));
    properties.put(PATH, Map.of(TaskSetting.QUEUE, "slow", TaskSetting.TIMEOUT, "2m"));
    override(TaskSetting.TIMEOUT, "PT5M");

    LayeredSettings layers = tasks.layers(PATH).orElseThrow();

    assertThat(layers.settings().queue()).isEqualTo("slow");
    assertThat(layers.settings().timeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(layers.origins())
        .containsEntry(TaskSetting.QUEUE, SettingOrigin.PROPERTY)
        .containsEntry(TaskSetting.TIMEOUT, SettingOrigin.OVERRIDE)
        .containsEntry(TaskSetting.CANCEL_TTL, SettingOrigin.ANNOTATION)
        .containsEntry(TaskSetting.RESULT_TTL, SettingOrigin.DEFAULT);
  }

  @Test
  void theTasksOfThisProcessWinOverThoseThatWerePublished() {
    publish("1.0", task("reports", null));
    local.put(PATH, task("here", null).settings());
    override(TaskSetting.MAX_RETRIES, 1);

    assertThat(tasks.settings(PATH).queue()).isEqualTo("here");
    assertThat(tasks.settings(PATH).maxRetries()).isEqualTo(1);
  }

  @Test
  void manyQuestionsAreOneReadAndNoneWhileNobodyAsks() {
    publish("1.0", task("reports", null));
    assertThat(tasks.settings(PATH).queue()).isEqualTo("reports");
    store.setAvailable(false);

    for (int i = 0; i < 1000; i++) {
      assertThat(tasks.settings(PATH).queue()).isEqualTo("reports");
    }
    pass(SharedTasks.FRESH.minusMillis(1));
    assertThat(tasks.settings(PATH).queue()).isEqualTo("reports");

    assertThat(background).isEmpty();
  }

  @Test
  void aQuestionAfterTenSecondsRenewsTheMemoryInTheBackground() {
    publish("1.0", task("reports", null));
    assertThat(tasks.settings(PATH).queue()).isEqualTo("reports");
    publish("2.0", task("monthly", null));
    pass(SharedTasks.FRESH);

    assertThat(tasks.settings(PATH).queue()).isEqualTo("reports");
    assertThat(tasks.settings(PATH).queue()).isEqualTo("reports");
    assertThat(background).hasSize(1);
    background.remove().run();

    assertThat(tasks.releases()).hasSize(2);
  }

  @Test
  void theFirstQuestionAfterAMinuteOfSilenceWaitsForTheTruth() {
    assertThat(tasks.find(PATH)).isEmpty();
    publish("1.0", task("reports", null));
    pass(Duration.ofMinutes(1));

    assertThat(tasks.settings(PATH).queue()).isEqualTo("reports");
  }

  @Test
  void whileTheStoreIsAwayTheLastMemoryCountsAndTheNextReadWaits() {
    publish("1.0", task("reports", null));
    assertThat(tasks.settings(PATH).queue()).isEqualTo("reports");
    store.setAvailable(false);
    pass(Duration.ofHours(1));

    assertThat(tasks.settings(PATH).queue()).isEqualTo("reports");
    store.setAvailable(true);
    override(TaskSetting.QUEUE, "slow");
    assertThat(tasks.settings(PATH).queue()).isEqualTo("reports");
    pass(Duration.ofSeconds(5));
    assertThat(tasks.settings(PATH).queue()).isEqualTo("slow");
  }

  @Test
  void beforeTheFirstReadNobodyIsToldAWrongQueue() {
    publish("1.0", task("reports", null));
    store.setAvailable(false);
    assertThatThrownBy(() -> tasks.settings(PATH)).isInstanceOf(StoreUnavailableException.class);
    store.setAvailable(true);
    assertThatThrownBy(() -> tasks.settings(PATH)).isInstanceOf(StoreUnavailableException.class);
    pass(Duration.ofSeconds(1));

    assertThat(tasks.settings(PATH).queue()).isEqualTo("reports");
  }

  @Test
  void theNewestReleaseWithLivingWorkersSpeaksForATask() {
    publish("1.0", task("old", null));
    pass(Duration.ofHours(1));
    publish("3.0", task("newest", null));
    pass(Duration.ofSeconds(1));
    publish("1.0", task("old", null));

    assertThat(tasks.settings(PATH).queue()).isEqualTo("newest");
    pass(Duration.ofHours(1));
    publish("1.0", task("old", null));
    assertThat(tasks.settings(PATH).queue()).isEqualTo("old");
  }

  @Test
  void aSchemaIsKnownOnlyWhereAllLivingReleasesAgree() {
    publish("1.0", task("reports", "{}"));
    assertThat(tasks.agreedSchema(PATH)).contains("{}");

    publish("2.0", task("reports", "{\"type\":\"object\"}"));
    tasks.renew();
    assertThat(tasks.agreedSchema(PATH)).isEmpty();

    pass(TaskRelease.LIVES);
    publish("2.0", task("reports", "{\"type\":\"object\"}"));
    tasks.renew();
    assertThat(tasks.agreedSchema(PATH)).contains("{\"type\":\"object\"}");
  }

  @Test
  void aSchemaIsNotKnownWhereOneOfTheLivingReleasesHasNone() {
    publish("1.0", task("reports", "{}"));
    publish("2.0", task("reports", null));

    assertThat(tasks.agreedSchema(PATH)).isEmpty();
    assertThat(tasks.agreedSchema("unknown")).isEmpty();
  }

  @Test
  void anOverrideOfALaterVersionThatCannotBeReadChangesNothing() {
    publish("1.0", task("reports", null));
    override(TaskSetting.THREADS, "fibres");

    assertThat(tasks.settings(PATH).queue()).isEqualTo("reports");
  }

  // TMO-01
  @Test
  void aWorkerNeverWaitsForAnOverrideAndHasItSoon() {
    override(TaskSetting.TIMEOUT, "PT1S");

    assertThat(tasks.overrides()).isEmpty();
    background.remove().run();

    TaskOverride override = Objects.requireNonNull(tasks.overrides().get(PATH));
    assertThat(SharedTasks.over(TaskSettings.DEFAULT, override).timeout())
        .isEqualTo(Duration.ofSeconds(1));
  }
}
