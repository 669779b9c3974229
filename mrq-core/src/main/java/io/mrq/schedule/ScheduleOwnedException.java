package io.mrq.schedule;

/** A schedule was neither changed nor deleted, because somebody else has defined it. */
public final class ScheduleOwnedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String owner;

  /**
   * Names the schedule and its owner.
   *
   * @param name of the schedule
   * @param owner who has defined it
   */
  public ScheduleOwnedException(String name, String owner) {
    super(
        "The schedule '%s' is defined by %s, and only there it can be changed or deleted"
            .formatted(name, owner));
    this.owner = owner;
  }

  /** Returns who has defined the schedule. */
  public String owner() {
    return owner;
  }
}
