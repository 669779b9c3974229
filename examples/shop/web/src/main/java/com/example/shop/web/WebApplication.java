package com.example.shop.web;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The web server of the shop. It has no tasks, so it only enqueues jobs. */
@SpringBootApplication
public class WebApplication {
  public static void main(String[] arguments) {
    SpringApplication.run(WebApplication.class, arguments);
  }
}
