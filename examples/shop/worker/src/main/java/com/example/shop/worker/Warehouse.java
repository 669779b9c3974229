package com.example.shop.worker;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;

/** Another system, which is sometimes away. */
interface Warehouse {
  /**
   * Reserves items.
   *
   * @param key the same key makes the same reservation
   * @return the number of the reservation
   */
  String reserve(String key, List<String> items) throws IOException;

  /** Counts what is in stock on a day. */
  int count(LocalDate day) throws IOException;
}
