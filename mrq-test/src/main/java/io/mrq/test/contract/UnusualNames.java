package io.mrq.test.contract;

import java.util.List;

/**
 * Queue names that are legal, or are found in a shared database, and that an adapter might get
 * wrong.
 */
public final class UnusualNames {
  public static final List<String> QUEUES =
      List.of(
          "a.b:c/d-e_f",
          "sub/",
          "{tag}",
          "a{b}c",
          "}{",
          "100%",
          "%7B",
          "with blank",
          "line\nbreak",
          "Größe 世界 🌍",
          "*?[x]",
          "$queue",
          "q".repeat(100));

  private UnusualNames() {}
}
