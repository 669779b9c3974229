package io.mrq.model;

import io.mrq.model.ahead.AheadConfigurations;
import io.mrq.model.dispatch.DispatchConfigurations;
import io.mrq.model.lane.LaneConfigurations;
import io.mrq.model.raw.RawConfigurations;
import io.mrq.model.unique.KeyConfigurations;
import io.mrq.model.waiting.WaitingModel;
import java.util.List;
import java.util.stream.Stream;

/** The searches through all models. */
final class Configurations {
  /** A search with more states belongs to the full run only. */
  private static final int MOST_STATES = 1_200_000;

  private Configurations() {}

  static List<Configuration> all() {
    return Stream.of(
            DispatchConfigurations.all(),
            WaitingModel.configurations(),
            RawConfigurations.all(),
            KeyConfigurations.all(),
            LaneConfigurations.all(),
            AheadConfigurations.all())
        .flatMap(List::stream)
        .toList();
  }

  /** Whether only {@code -Dmrq.model=full} runs it. */
  static boolean isOfFullRun(Configuration configuration) {
    return configuration.states() > MOST_STATES;
  }
}
