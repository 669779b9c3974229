package com.example.shop;

import io.mrq.task.MrqTask;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The tasks of version 1 of an application. */
@AutoConfiguration
public class ShopTasks1 {
  @Bean
  Shop shop() {
    return new Shop();
  }

  /** Version 2 keeps one of these tasks. */
  public static class Shop {
    /** A task of both versions. */
    @MrqTask("shop.Both")
    public String both() {
      return "1";
    }

    /** A task that version 2 has no more. */
    @MrqTask("shop.Old")
    public String old() {
      return "1";
    }
  }
}
