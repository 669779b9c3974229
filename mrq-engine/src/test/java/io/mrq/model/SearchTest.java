package io.mrq.model;

import static io.mrq.model.Invariant.ACCEPTED_JOB_CAN_END;
import static io.mrq.model.Invariant.ATTEMPT_RUNS_ONCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The search finds the shortest ways, and the states that nothing leads out of. */
class SearchTest {

  /** A token walks up from 0. At 2 it may fall into a hole; at 4 it may also be moved by hand. */
  private static final class Walk implements Model {
    private final Layout layout = new Layout();
    private final Field place = layout.field(3);
    private final Field inHole = layout.field(1);

    @Override
    public Layout layout() {
      return layout;
    }

    @Override
    public void start(State first) {
      place.set(first, 0);
    }

    @Override
    public void steps(State now, Next next) {
      if (inHole.of(now) == 1) {
        inHole.set(next, 0);
        next.chance("somebody lifts it out");
        return;
      }
      int at = place.of(now);
      if (at < 5) {
        place.set(next, at + 1);
        next.fair("from %d to %d", at, at + 1);
      }
      if (at == 2) {
        inHole.set(next, 1);
        next.fault("it falls at %d", at);
      }
      if (at >= 3) {
        next.breaks(ATTEMPT_RUNS_ONCE, "it jumps at %d", at);
      }
    }

    @Override
    public boolean ended(State state) {
      return place.of(state) == 5;
    }

    @Override
    public boolean mustProgress(State state) {
      return true;
    }
  }

  @Test
  void everyStateIsSeenOnceAndTheShortestWaysAreTold() {
    Findings found = Search.run(new Walk(), false);

    assertThat(found.states()).isEqualTo(7);
    assertThat(found.steps()).isEqualTo(10);
    assertThat(found.broken())
        .containsEntry(
            ATTEMPT_RUNS_ONCE,
            List.of("from 0 to 1", "from 1 to 2", "from 2 to 3", "it jumps at 3"))
        .containsEntry(
            ACCEPTED_JOB_CAN_END, List.of("from 0 to 1", "from 1 to 2", "FAULT: it falls at 2"));
  }

  @Test
  void itCanStopAtTheFirstBrokenInvariant() {
    Findings found = Search.run(new Walk(), true);

    assertThat(found.broken()).containsOnlyKeys(ATTEMPT_RUNS_ONCE);
    assertThat(found.states()).isEqualTo(6);
  }

  @Test
  void aBagIsSortedWhateverCameFirst() {
    Layout layout = new Layout();
    layout.field(60);
    Bag bags = layout.bags(2, 3, 7);
    State one = new State(layout.words());
    State other = new State(layout.words());
    for (int entry : new int[] {9, 100, 9}) {
      bags.add(one, 1, entry);
    }
    for (int entry : new int[] {100, 9, 9}) {
      bags.add(other, 1, entry);
    }

    assertThat(one.words).isEqualTo(other.words);
    bags.removeAt(one, 1, 0);
    assertThat(bags.size(one, 1)).isEqualTo(2);
    assertThat(bags.get(one, 1, 1)).isEqualTo(100);
    assertThat(bags.size(one, 0)).isZero();
  }

  @Test
  void aNumberThatDoesNotFitIsRefused() {
    Layout layout = new Layout();
    Field field = layout.fields(40, 3);
    State state = new State(layout.words());
    for (int i = 0; i < 40; i++) {
      field.set(state, i, i % 8);
    }

    assertThat(field.of(state, 21)).isEqualTo(5);
    assertThat(field.of(state, 39)).isEqualTo(7);
    assertThatThrownBy(() -> field.set(state, 3, 8)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> field.set(state, 3, -1)).isInstanceOf(IllegalArgumentException.class);
  }
}
