package io.mrq.benchmarks.worker;

import io.mrq.task.MrqTask;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tasks that are measured. Each notes its run by the number that its job has. */
public final class BenchTasks {
  public static final String NOOP = "bench.Noop";
  public static final String SLEEP = "bench.Sleep";
  public static final String PICK_UP = "bench.PickUp";

  /** The param with the number of the job, from 0. */
  public static final String NUMBER = "n";

  /** The param of {@value #SLEEP} with the time that it sleeps. */
  public static final String MILLIS = "millis";

  /** The param of {@value #PICK_UP} with the time of the enqueue call. */
  public static final String SENT = "sent";

  private final RunRecord runs;

  BenchTasks(RunRecord runs) {
    this.runs = runs;
  }

  /** Does nothing, and has a small result. */
  @MrqTask(NOOP)
  public int noop(Map<String, @Nullable Object> params) {
    runs.began(number(params, NUMBER));
    return 1;
  }

  /** Sleeps as long as its param says. */
  @MrqTask(SLEEP)
  public int sleep(Map<String, @Nullable Object> params) throws InterruptedException {
    runs.began(number(params, NUMBER));
    Thread.sleep(number(params, MILLIS));
    return 1;
  }

  /** Notes how long ago it was enqueued. */
  @MrqTask(PICK_UP)
  public int pickUp(Map<String, @Nullable Object> params) {
    long now = RunRecord.nowMicros();
    runs.pickedUp(now - longValue(params, SENT));
    runs.began(number(params, NUMBER));
    return 1;
  }

  private static int number(Map<String, @Nullable Object> params, String name) {
    return (int) longValue(params, name);
  }

  private static long longValue(Map<String, @Nullable Object> params, String name) {
    return params.get(name) instanceof Number number ? number.longValue() : 0;
  }
}
