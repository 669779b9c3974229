package io.mrq.model;

/**
 * The state that a step leads to. It starts as a copy of the state before; an action changes it and
 * then names the step, which hands it over and makes it a fresh copy again.
 */
public final class Next extends State {
  private final State now;
  private final Sink sink;

  Next(State now, Sink sink) {
    super(now.words.length);
    this.now = now;
    this.sink = sink;
  }

  /** What makes a step happen. */
  enum Kind {
    /** It happens sooner or later, when its actor runs. */
    FAIR,
    /** People, or the end of a pause: it may never happen. */
    CHANCE,
    FAULT
  }

  /** Receives the steps of one state. */
  interface Sink {
    void step(Next next, Kind kind, String name, int... numbers);

    void broken(Invariant invariant, String name, int... numbers);
  }

  void startOver() {
    copyFrom(now);
  }

  /** A step that happens sooner or later, when its actor runs. */
  public void fair(String name, int... numbers) {
    step(Kind.FAIR, name, numbers);
  }

  /** A step that may never happen. No progress may depend on it. */
  public void chance(String name, int... numbers) {
    step(Kind.CHANCE, name, numbers);
  }

  /** A fault. Whoever names it has taken it out of the budget of faults. */
  public void fault(String name, int... numbers) {
    step(Kind.FAULT, name, numbers);
  }

  private void step(Kind kind, String name, int... numbers) {
    sink.step(this, kind, name, numbers);
    startOver();
  }

  /** A step that breaks an invariant. The search notes it and goes on. */
  public void breaks(Invariant invariant, String name, int... numbers) {
    sink.broken(invariant, name, numbers);
  }
}
