package io.mrq.engine.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one run: the one that its body has, and children that the body started through the
 * run. An interrupt reaches all of them, and a child that is started after it is interrupted at
 * once: none escapes a timeout or a stop.
 */
final class RunThreads {
  /** The stacks of more children than this would fill the document of the worker. */
  private static final int MAX_CHILD_STACKS = 20;

  private final Set<Thread> children = new LinkedHashSet<>(0);
  private @Nullable Thread body;
  private boolean bodyEnded;
  private boolean interrupted;

  synchronized void bodyRunsOn(Thread thread) {
    body = thread;
  }

  synchronized boolean hasBodyEnded() {
    return bodyEnded;
  }

  /** Notes that the body has ended; children that it left behind are interrupted. */
  synchronized void bodyEnded() {
    bodyEnded = true;
    if (!children.isEmpty()) {
      children.forEach(Thread::interrupt);
    }
  }

  /**
   * Starts a child and registers it until it ends.
   *
   * @param child made, but not started; it must call {@link #left} when it ends
   * @throws IllegalStateException when the body has ended
   */
  synchronized void start(Thread child) {
    if (bodyEnded) {
      throw new IllegalStateException("the run has ended, so no thread can be started for it");
    }
    children.add(child);
    try {
      child.start();
    } catch (RuntimeException | Error e) {
      children.remove(child);
      throw e;
    }
    if (interrupted) {
      child.interrupt();
    }
  }

  synchronized void left(Thread child) {
    children.remove(child);
  }

  synchronized void interrupt() {
    interrupted = true;
    Thread own = body;
    if (own != null && !bodyEnded) {
      own.interrupt();
    }
    children.forEach(Thread::interrupt);
  }

  /** The stack of each thread, that of the body first; those of children begin with their names. */
  List<String> stacks() {
    List<Thread> some;
    Thread own;
    int left;
    synchronized (this) {
      own = body;
      some = children.stream().limit(MAX_CHILD_STACKS).toList();
      left = children.size() - some.size();
    }
    List<String> stacks = new ArrayList<>();
    if (own != null) {
      stacks.add(frames(own));
    }
    some.forEach(child -> stacks.add(child.getName() + ":\n" + frames(child)));
    if (left > 0) {
      stacks.add("and %d more threads\n".formatted(left));
    }
    return stacks;
  }

  private static String frames(Thread thread) {
    StringBuilder text = new StringBuilder();
    for (StackTraceElement frame : thread.getStackTrace()) {
      text.append("\tat ").append(frame).append('\n');
    }
    return text.toString();
  }
}
