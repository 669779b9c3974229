package io.mrq.model;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Looks at every state of a model, breadth first, so that the first way found to a broken invariant
 * is a shortest one. Afterwards it looks for states from which no fair steps lead to the end,
 * although somebody who can do the work is running: there an accepted job is stuck for ever.
 */
final class Search {
  private final Model model;
  private final boolean stopsAtFirst;
  private final StateTable states;
  private final State now;
  private final Ints parents = new Ints();

  /** The targets of all fair steps; those of state i begin at {@code fairFrom[i]}. */
  private final Ints fairTo = new Ints();

  private final Ints fairFrom = new Ints();
  private final Map<Invariant, List<String>> broken = new EnumMap<>(Invariant.class);
  private int looking;
  private long steps;

  private Search(Model model, boolean stopsAtFirst) {
    this.model = model;
    this.stopsAtFirst = stopsAtFirst;
    this.states = new StateTable(model.layout().words());
    this.now = new State(model.layout().words());
  }

  /**
   * Searches a model.
   *
   * @param stopsAtFirst whether to stop at the first broken invariant: for models that have no end
   *     of states once a rule is left out
   */
  static Findings run(Model model, boolean stopsAtFirst) {
    Search search = new Search(model, stopsAtFirst);
    search.explore();
    if (!stopsAtFirst) {
      search.findStuck();
    }
    return new Findings(search.states.size(), search.steps, search.broken);
  }

  private void explore() {
    Next next = new Next(now, new Explorer());
    model.start(now);
    model.forget(now);
    parents.add(-1);
    states.number(now);
    for (looking = 0; looking < states.size(); looking++) {
      fairFrom.add(fairTo.size());
      states.read(looking, now);
      next.startOver();
      model.steps(now, next);
      if (stopsAtFirst && !broken.isEmpty()) {
        return;
      }
    }
  }

  private final class Explorer implements Next.Sink {
    @Override
    public void step(Next next, Next.Kind kind, String name, int... numbers) {
      model.remember(now, next);
      model.forget(next);
      model.judge(next, name, numbers);
      steps++;
      int number = states.number(next);
      if (number == parents.size()) {
        parents.add(looking);
      }
      if (kind == Next.Kind.FAIR) {
        fairTo.add(number);
      }
    }

    @Override
    public void broken(Invariant invariant, String name, int... numbers) {
      steps++;
      if (!broken.containsKey(invariant)) {
        List<String> way = wayTo(looking);
        way.add(text(name, numbers));
        broken.put(invariant, way);
      }
    }
  }

  /**
   * Marks the states from which fair steps lead to the end. Steps lead mostly to states with higher
   * numbers, so a few walks from the last state to the first mark them all.
   */
  private void findStuck() {
    int size = states.size();
    BitSet good = new BitSet(size);
    for (int i = 0; i < size; i++) {
      states.read(i, now);
      if (model.ended(now)) {
        good.set(i);
      }
    }
    fairFrom.add(fairTo.size());
    boolean more = true;
    while (more) {
      more = false;
      for (int i = good.previousClearBit(size - 1); i >= 0; i = good.previousClearBit(i - 1)) {
        for (int k = fairFrom.get(i); k < fairFrom.get(i + 1); k++) {
          if (good.get(fairTo.get(k))) {
            good.set(i);
            more = true;
            break;
          }
        }
      }
    }
    for (int i = good.nextClearBit(0); i < size; i = good.nextClearBit(i + 1)) {
      states.read(i, now);
      if (model.mustProgress(now)) {
        broken.put(Invariant.ACCEPTED_JOB_CAN_END, wayTo(i));
        return;
      }
    }
  }

  /** The names of the steps from the first state to this one. */
  private List<String> wayTo(int number) {
    List<Integer> way = new ArrayList<>();
    for (int i = number; i >= 0; i = parents.get(i)) {
      way.addFirst(i);
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i + 1 < way.size(); i++) {
      names.add(nameOfStep(way.get(i), way.get(i + 1)));
    }
    return names;
  }

  /** Names are not kept: the steps of a state are made once more to find the one that was taken. */
  private String nameOfStep(int from, int to) {
    State before = new State(now.words.length);
    states.read(from, before);
    StepNamer namer = new StepNamer(before, to);
    Next next = new Next(before, namer);
    next.startOver();
    model.steps(before, next);
    return namer.found;
  }

  private final class StepNamer implements Next.Sink {
    private final State before;
    private final int target;
    private String found = "";

    StepNamer(State before, int target) {
      this.before = before;
      this.target = target;
    }

    @Override
    public void step(Next next, Next.Kind kind, String name, int... numbers) {
      model.remember(before, next);
      model.forget(next);
      if (found.isEmpty() && states.number(next) == target) {
        found = (kind == Next.Kind.FAULT ? "FAULT: " : "") + text(name, numbers);
      }
    }

    @Override
    public void broken(Invariant invariant, String name, int... numbers) {
      // It leads to no state.
    }
  }

  private static String text(String name, int... numbers) {
    Object[] values = new Object[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      values[i] = numbers[i];
    }
    return name.formatted(values);
  }
}
