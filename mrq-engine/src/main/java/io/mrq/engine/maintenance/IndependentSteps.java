package io.mrq.engine.maintenance;

import io.mrq.dispatch.DispatchRefusedException;
import io.mrq.dispatch.DispatchUnavailableException;
import io.mrq.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Steps of one pass that do not depend on each other: when one fails, the others are still done.
 * The first error is thrown after the last step, so that it is seen.
 *
 * <p>A store that is away ends the pass at once, since the other steps would only wait for it, too.
 * The order of the steps changes from pass to pass, so that none is always behind one that fails.
 */
public final class IndependentSteps {
  private @Nullable RuntimeException fault;

  /** Does the same step for each of these, in any order. */
  public static <T> void each(Collection<T> all, Consumer<T> step) {
    List<T> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled);
    IndependentSteps steps = new IndependentSteps();
    shuffled.forEach(one -> steps.take(() -> step.accept(one)));
    steps.throwFault();
  }

  /** Does the same step for each of these, whose stores are not the same: none ends the pass. */
  public static <T> void eachOfItsOwnStore(Collection<T> all, Consumer<T> step) {
    IndependentSteps steps = new IndependentSteps();
    for (T one : all) {
      try {
        step.accept(one);
      } catch (RuntimeException e) {
        steps.keep(e);
      }
    }
    steps.throwFault();
  }

  private void take(Runnable step) {
    try {
      step.run();
    } catch (DispatchRefusedException e) {
      // The index answers; it only refuses what this step asked for.
      keep(e);
    } catch (StoreUnavailableException | DispatchUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      keep(e);
    }
  }

  private void keep(RuntimeException e) {
    if (fault == null) {
      fault = e;
    } else if (fault != e) {
      fault.addSuppressed(e);
    }
  }

  private void throwFault() {
    if (fault != null) {
      throw fault;
    }
  }
}
