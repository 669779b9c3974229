package io.mrq.service.worker.tasks;

import io.mrq.job.FaultPlace;
import java.io.IOException;

/** There was no complete answer: no connection, or not in time. Another attempt may help. */
final class NoAnswer extends IOException implements FaultPlace {
  private static final long serialVersionUID = 1L;

  private final String place;

  NoAnswer(HttpCall call, HttpUrl url, IOException cause) {
    super("%s %s failed: %s".formatted(call.method(), url.shown(), cause), cause);
    this.place = cause.getClass().getSimpleName() + " at " + url.service();
  }

  @Override
  public String faultPlace() {
    return place;
  }
}
