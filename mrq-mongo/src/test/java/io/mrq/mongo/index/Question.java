package io.mrq.mongo.index;

import io.mrq.mongo.MongoStores;
import java.util.List;
import java.util.function.Consumer;

/**
 * Something that is asked of the jobs.
 *
 * @param indexes that serve its commands; a command that names ids needs none of them
 * @param order who asks for an order: whether an index gives it
 */
record Question(String name, List<String> indexes, Order order, Consumer<MongoStores> ask) {
  /** Where the order comes from. */
  enum Order {
    /** An index gives it. */
    INDEX,
    /** Few jobs match, or few of them at a time: they are sorted when they are found. */
    SORTED,
    /** Nobody asks for one. The index finds the jobs; which of them count, their documents tell. */
    NONE
  }

  @Override
  public String toString() {
    return name;
  }
}
