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
 * Steps of one pass that have nothing to do with each other: one that meets a fault does not keep
 * the others from their turn. The first fault is thrown when all have had it, so that it is seen.
 *
 * <p>A store that is away ends the pass at once, since the others would only wait for it, too.
 * Steps are taken in another order each time, so that no step is always behind one that fails.
 */
public final class IndependentSteps {
  private @Nullable RuntimeException fault;

  /** Does the same with each of these, in any order. */
  public static <T> void each(Collection<T> all, Consumer<T> step) {
    List<T> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled);
    IndependentSteps steps = new IndependentSteps();
    shuffled.forEach(one -> steps.take(() -> step.accept(one)));
    steps.throwFault();
  }

  private void take(Runnable step) {
    try {
      step.run();
    } catch (DispatchRefusedException e) {
      // It answers: only what this step asked of it cannot be.
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
