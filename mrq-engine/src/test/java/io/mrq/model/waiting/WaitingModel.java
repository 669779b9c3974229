package io.mrq.model.waiting;

import static io.mrq.model.Invariant.IDLE_WORKER_FINDS_JOB;

import io.mrq.model.Configuration;
import io.mrq.model.Field;
import io.mrq.model.Invariant;
import io.mrq.model.Layout;
import io.mrq.model.Model;
import io.mrq.model.Next;
import io.mrq.model.State;
import java.util.List;
import java.util.Set;

/**
 * A worker with free slots waits on the queues A and B. This is the only model with time in it: one
 * tick is 2.5 s, a note of idleness counts for 4 ticks, and after 2 the worker looks at all queues
 * again. In every tick somebody may enqueue on B, and once somebody enqueues on A.
 */
public final class WaitingModel implements Model {
  private static final int A = 0;
  private static final int B = 1;
  private static final int NOTE_COUNTS = 4;
  private static final int LOOK_AGAIN = 2;

  /** A job may wait for so many ticks beside an idle worker. */
  private static final int PATIENCE = 3;

  private static final int NO_JOB = 0;

  /** From when the worker counts until it looks at all of its queues again. */
  enum LooksAgain {
    AFTER_QUIET,
    AFTER_THE_LAST_LOOK
  }

  private final LooksAgain looksAgain;
  private final Layout layout = new Layout();

  /** The age of the worker's note on each queue. */
  private final Field notes = layout.fields(2, 3);

  /** How many ticks have passed since a wake-up. */
  private final Field quiet = layout.field(3);

  /** How many ticks have passed since all queues were looked at. */
  private final Field sinceLook = layout.field(3);

  /** 1 + the age of the job on A that has woken nobody. */
  private final Field waiting = layout.field(3);

  private final Field enqueuedOnA = layout.field(1);

  private WaitingModel(LooksAgain looksAgain) {
    this.looksAgain = looksAgain;
  }

  /** The searches through this model. */
  public static List<Configuration> configurations() {
    return List.of(
        configuration("a new look 5 s after the last one", LooksAgain.AFTER_THE_LAST_LOOK, 6, 15),
        configuration(
            "a new look after 5 quiet seconds",
            LooksAgain.AFTER_QUIET,
            26,
            64,
            IDLE_WORKER_FINDS_JOB));
  }

  private static Configuration configuration(
      String name, LooksAgain looksAgain, int states, long steps, Invariant... broken) {
    return new Configuration(
        "waiting", name, () -> new WaitingModel(looksAgain), false, Set.of(broken), states, steps);
  }

  @Override
  public Layout layout() {
    return layout;
  }

  /** All queues were looked at just now, and the notes are fresh. */
  @Override
  public void start(State first) {
    waiting.set(first, NO_JOB);
  }

  @Override
  public void steps(State now, Next next) {
    pass(now, next, false);
    pass(now, next, true);
    if (enqueuedOnA.of(now) == 0) {
      enqueuedOnA.set(next, 1);
      boolean wakes = notes.of(now, A) < NOTE_COUNTS;
      waiting.set(next, wakes ? NO_JOB : 1);
      next.chance(wakes ? "a job on A wakes the worker" : "a job on A wakes nobody");
    }
  }

  private void pass(State now, Next next, boolean jobOnB) {
    String name = jobOnB ? "2.5 s pass, with a job on B" : "2.5 s pass";
    int noteOnB = Math.min(NOTE_COUNTS, notes.of(now, B) + 1);
    boolean woken = jobOnB && noteOnB < NOTE_COUNTS;
    int quietFor = woken ? 0 : quiet.of(now) + 1;
    int lookedBefore = sinceLook.of(now) + 1;
    boolean looks = LOOK_AGAIN <= (looksAgain == LooksAgain.AFTER_QUIET ? quietFor : lookedBefore);
    int age = waiting.of(now) == NO_JOB || looks ? NO_JOB : waiting.of(now) + 1;
    if (age > 1 + PATIENCE) {
      next.breaks(IDLE_WORKER_FINDS_JOB, name);
    }
    notes.set(next, A, looks ? 0 : Math.min(NOTE_COUNTS, notes.of(now, A) + 1));
    notes.set(next, B, looks || woken ? 0 : noteOnB);
    quiet.set(next, looks ? 0 : Math.min(4, quietFor));
    sinceLook.set(next, looks ? 0 : Math.min(4, lookedBefore));
    waiting.set(next, Math.min(1 + PATIENCE, age));
    next.fair(name);
  }

  @Override
  public boolean ended(State state) {
    return waiting.of(state) == NO_JOB;
  }

  @Override
  public boolean mustProgress(State state) {
    return true;
  }
}
