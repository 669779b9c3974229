package io.mrq.model.unique;

import static io.mrq.model.Invariant.KEY_HAS_ONE_JOB;

import io.mrq.model.Configuration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The searches through the model of unique keys. */
public final class KeyConfigurations {
  private final List<Configuration> all = new ArrayList<>();

  private KeyConfigurations() {}

  /** All of them. */
  public static List<Configuration> all() {
    KeyConfigurations made = new KeyConfigurations();
    made.theDesign();
    made.oneRuleLess();
    return made.all;
  }

  private void theDesign() {
    all.add(
        new Configuration(
            "unique keys",
            "3 callers, 1 dies, 2 requeues, 2 jobs expire",
            () -> new KeyModel(EnumSet.allOf(Rule.class), 1, 2, 2),
            false,
            Set.of(),
            100_327,
            374_457));
  }

  private void oneRuleLess() {
    without(Rule.INSERT_UNDER_STORED_ID, "a key whose job is absent is taken over", 0, 1, 195, 325);
    without(
        Rule.MARK_BEFORE_TAKEOVER,
        "a final job is not marked before its key is taken over",
        0,
        1,
        1_618,
        3_314);
    without(Rule.SUPERSEDED_IS_NOT_REQUEUED, "a superseded job is requeued", 0, 1, 2_705, 5_634);
    without(
        Rule.TAKEOVER_ASKS_FOR_COUNT,
        "a takeover that does not ask for the count",
        0,
        0,
        2_971,
        6_458);
    without(
        Rule.TOUCH_BEFORE_INSERT, "an insert under a key that was not touched", 1, 0, 1_447, 3_867);
    without(
        Rule.KEYS_OF_FINAL_JOBS_STAY, "the cleaner deletes keys of final jobs", 0, 1, 3_294, 7_102);
  }

  private void without(Rule rule, String name, int faults, int requeues, int states, long steps) {
    all.add(
        new Configuration(
            "unique keys",
            name,
            () -> new KeyModel(EnumSet.complementOf(EnumSet.of(rule)), faults, requeues, 1),
            true,
            Set.of(KEY_HAS_ONE_JOB),
            states,
            steps));
  }
}
