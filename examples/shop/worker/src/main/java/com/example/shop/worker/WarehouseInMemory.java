package com.example.shop.worker;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Stands for the real warehouse, so that the example runs alone. */
@Component
class WarehouseInMemory implements Warehouse {
  private final Map<String, String> reservations = new ConcurrentHashMap<>();

  @Override
  public String reserve(String key, List<String> items) {
    return reservations.computeIfAbsent(key, _ -> "r-" + (reservations.size() + 1));
  }

  @Override
  public int count(LocalDate day) {
    return 1000 - reservations.size();
  }
}
