package io.mrq.model;

/** A small system whose every state is looked at. */
public interface Model {
  /** The fields of a state. */
  Layout layout();

  /** Fills the first state, in which all bits are 0. */
  void start(State first);

  /** Names every step that is possible now. */
  void steps(State now, Next next);

  /** Notes in the state after a step what is to be remembered of the state before. */
  default void remember(State before, State after) {}

  /** Forgets what can no longer matter, so that fewer states are left to look at. */
  default void forget(State state) {}

  /** Names the invariants that the state after a step breaks by itself. */
  default void judge(Next next, String name, int... numbers) {}

  /** Whether everything that was asked for has come to its end. */
  boolean ended(State state);

  /** Whether the end must be in reach: somebody who can do the work is running. */
  boolean mustProgress(State state);
}
