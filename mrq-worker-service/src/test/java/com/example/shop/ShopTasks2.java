package com.example.shop;

import io.mrq.task.MrqTask;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The tasks of version 2 of an application. */
@AutoConfiguration
public class ShopTasks2 {
  @Bean
  Shop shop() {
    return new Shop();
  }

  /** One task of version 1, and a new one. */
  public static class Shop {
    /** A task of both versions. */
    @MrqTask("shop.Both")
    public String both() {
      return "2";
    }

    /** A task that version 1 does not have. */
    @MrqTask("shop.New")
    public String fresh() {
      return "2";
    }
  }
}
